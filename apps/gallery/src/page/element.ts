/** The element that the page must have under this id. */
export function element<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`element: the page must have an element #${id}`);
  return found as E;
}
