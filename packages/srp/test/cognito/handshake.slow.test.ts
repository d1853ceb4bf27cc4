// More random sign-ins: the quick run takes a share of them.
import './handshake.test.js'
