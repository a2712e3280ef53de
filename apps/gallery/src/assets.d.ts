/** A WebAssembly file that vite serves: its URL. */
declare module '@tensorflow/tfjs-backend-wasm/dist/*?url' {
  const url: string;
  export default url;
}

/** A style sheet that vite links into the page. */
declare module '*.css';

/** A file that vite gives as text. */
declare module '*?raw' {
  const text: string;
  export default text;
}
