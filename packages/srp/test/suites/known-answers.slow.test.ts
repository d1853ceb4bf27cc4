// Every handshake of every suite: the quick run takes a share of them.
import './known-answers.test.js'
