import { describe, expect, it } from 'vitest'
import { readStructure } from '../../src/aws/shorthand.js'

describe('the shorthand of the AWS CLI', () => {
  it.each<[string, unknown]>([
    ['USERNAME=ada', { USERNAME: 'ada' }],
    ['A=b,C=d=e', { A: 'b', C: 'd=e' }],
    ['A=\'b,c\',D="e\\"f"', { A: 'b,c', D: 'e"f' }],
    [
      'IpAddress=1.2.3.4,HttpHeaders=[{headerName=a,headerValue=b},{headerName=c,headerValue=d}],EncodedData=x',
      {
        IpAddress: '1.2.3.4',
        HttpHeaders: [
          { headerName: 'a', headerValue: 'b' },
          { headerName: 'c', headerValue: 'd' },
        ],
        EncodedData: 'x',
      },
    ],
    ['L=[a,b]', { L: ['a', 'b'] }],
    ['{"A": "b"}', { A: 'b' }],
    ['', {}],
    ['A=', { A: '' }],
    // As the AWS CLI 2 reads them.
    ['A= b c ,D=e ', { A: 'b c', D: 'e' }],
    ['A="b" , D =\'e\'', { A: 'b', D: 'e' }],
    ['A="C:\\new\\dir",D=\'\\n\'', { A: 'C:\\new\\dir', D: '\\n' }],
    ["A=\"b\\\\\",D='it\\'s'", { A: 'b\\', D: "it's" }],
    ['A=b\\,c,D=\\e', { A: 'b,c', D: '\\e' }],
    ['A=b,c,D=e', { A: ['b', 'c'], D: 'e' }],
    ['A="b",\'c=d\',"",E=f', { A: ['b', 'c=d', ''], E: 'f' }],
    ['L=[a , "b,c"],M={ N = o , P=[q] }', { L: ['a', 'b,c'], M: { N: 'o', P: ['q'] } }],
  ])('reads %s', (text, expected) => expect(readStructure(text, '--x')).toEqual(expected))

  it.each(['A', '=b', 'A=[b', 'A={b=c', "A='b", '{"A": ', 'A=b,,C=d', 'A=b,A=c', 'A="b"c', 'A={B=c,B=d}'])(
    'refuses %s without repeating it',
    (text) => {
      expect(() => readStructure(text, '--x')).toThrow(/^--x: expected JSON, or NAME=VALUE,NAME=VALUE\.$/)
    },
  )
})
