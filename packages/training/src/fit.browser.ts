/** `fit` in a real browser: no terminal, another event loop. */
import './fit.test';
