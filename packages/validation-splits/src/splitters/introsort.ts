/**
 * The places of some numbers in ascending order, ties as NumPy's `argsort` leaves them: quicksort by the median of three
 * down to 16 numbers, insertion sort below, heapsort where quicksort goes too deep. Which fold a group gets depends on
 * the order of ties, so that only the very same sort gives scikit-learn's folds.
 *
 * Reference: Musser, "Introspective sorting and selection algorithms", 1997; NumPy 1.24, npysort/quicksort.cpp.
 */
export function introsort(values: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i);
  const at = (place: number) => values[order[place] as number] as number;
  const swap = (a: number, b: number) => {
    const kept = order[a] as number;
    order[a] = order[b] as number;
    order[b] = kept;
  };

  const sort = (from: number, to: number, depth: number): void => {
    if (depth < 0) {
      heapsort(order.subarray(from, to + 1), values);
      return;
    }
    let [low, high, left] = [from, to, depth];
    while (high - low > 15) {
      const pivot = partition(low, high);
      left--;
      // The larger part is for later; the smaller one goes on, however deep it is.
      if (pivot - low < high - pivot) {
        sort(pivot + 1, high, left);
        high = pivot - 1;
      } else {
        sort(low, pivot - 1, left);
        low = pivot + 1;
      }
    }
    for (let i = low + 1; i <= high; i++) {
      for (let j = i; j > low && at(j) < at(j - 1); j--) swap(j, j - 1);
    }
  };

  const partition = (low: number, high: number): number => {
    const middle = low + ((high - low) >> 1);
    if (at(middle) < at(low)) swap(middle, low);
    if (at(high) < at(middle)) swap(high, middle);
    if (at(middle) < at(low)) swap(middle, low);
    const pivot = at(middle);
    let [i, j] = [low, high - 1];
    swap(middle, j);
    for (;;) {
      do i++;
      while (at(i) < pivot);
      do j--;
      while (pivot < at(j));
      if (i >= j) break;
      swap(i, j);
    }
    swap(i, high - 1);
    return i;
  };

  sort(0, order.length - 1, 2 * Math.floor(Math.log2(order.length)));
  return order;
}

function heapsort(order: Uint32Array, values: ArrayLike<number>): void {
  const at = (place: number) => values[order[place] as number] as number;
  const sink = (from: number, end: number, item: number) => {
    const value = values[item] as number;
    let [hole, child] = [from, 2 * from + 1];
    while (child < end) {
      if (child + 1 < end && at(child) < at(child + 1)) child++;
      if (!(value < at(child))) break;
      order[hole] = order[child] as number;
      [hole, child] = [child, 2 * child + 1];
    }
    order[hole] = item;
  };
  for (let i = (order.length >> 1) - 1; i >= 0; i--) sink(i, order.length, order[i] as number);
  for (let end = order.length - 1; end > 0; end--) {
    const last = order[end] as number;
    order[end] = order[0] as number;
    sink(0, end, last);
  }
}
