import './capture.test';
