/** The instruments in a real browser, whose GPU has another clock and another pool. */
import './instruments.test';
