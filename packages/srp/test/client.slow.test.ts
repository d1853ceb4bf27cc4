// More random handshakes: the quick run takes a share of them.
import './client.test.js'
