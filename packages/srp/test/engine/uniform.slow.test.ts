// Every group and every secret: the quick run takes a share of them.
import './uniform.test.js'
