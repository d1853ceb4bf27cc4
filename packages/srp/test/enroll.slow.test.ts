// More random names, passwords and salts: the quick run takes a share of them.
import './enroll.test.js'
