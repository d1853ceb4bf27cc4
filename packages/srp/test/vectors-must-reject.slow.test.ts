// Every rejection: the quick run takes a share of them.
import './vectors-must-reject.test.js'
