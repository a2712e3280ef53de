/** Special functions and cumulative laws in a real browser: what its GPU makes of logarithms is its own affair. */
import './families/cdf.test';
import './special/special.test';
