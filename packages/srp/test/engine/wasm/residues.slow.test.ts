// Moduli of every shape: the quick run takes a share of them.
import './residues.test.js'
