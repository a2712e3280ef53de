/** The random numbers of a browser's GPU. */
import './laws.test';
