/** A file that vite serves: its URL. */
declare module '*?url' {
  const url: string;
  export default url;
}
