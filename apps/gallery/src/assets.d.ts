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

/** Real digits in the IDX format, and weights, that vite serves: their URLs. */
declare module '*.idx?url' {
  const url: string;
  export default url;
}

declare module '*.idx.gz?url' {
  const url: string;
  export default url;
}

declare module '*.safetensors?url' {
  const url: string;
  export default url;
}

declare module '*.jpg?url' {
  const url: string;
  export default url;
}
