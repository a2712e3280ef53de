/** What a worker does with a task of workers.test.ts. */
export default async function run(task: { name: string; value: number; milliseconds?: number }): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, task.milliseconds ?? 0));
  if (task.name === 'throws') throw new RangeError(`value ${task.value} is too much`);
  if (task.name === 'dies') process.exit(7);
  return task.value * 2;
}
