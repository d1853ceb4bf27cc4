;; Montgomery arithmetic modulo an odd N of 512 to 8192 bits: numbers, and columns of products. `modular.wat` goes on;
;; `node tools/workspace/build-wasm.mjs` makes code.ts of both.
;;
;; A number is n digits d of 14 bits and a sign, least first, value = sum of d[i] * 2^(14 i), R = 2^(14 n) > 2^12 * N.
;; i32x4.dot_i16x8_s does eight 16-bit products in one instruction (pmaddwd on x86): hence the short digits.
;;
;; A digit is carried lazily, once:
;;   |d| <= D = 8192 + 340. A block adds 16 products to a column: 16 D^2 + 2^15 < 1.17e9, which fits in 31 bits.
;;   After each block the column is split in a low word (0 to 2^14, doubled in a square) and a high word, one column up.
;;   A whole column is at most 592 D^2 (8192 bits), for the product and again for q N, so the high word is below 2^22.4,
;;   low and high word together below 2^22.5, and the one carry of 14 bits at most 340: D again.
;;
;; A residue is any x with |x| < 4 N; a product is below (4 N)^2 / R + 0.53 N < N. Nothing is ever compared with N, and
;; the top digit stays below 2^10, so no carry is lost.
;;
;; Uniform: addresses and branches depend on n and on addresses that the caller gives, never on a digit. A test follows
;; every load through the text of this file and fails if one reaches an address, a branch, or a select.
;;
;; A residue at address x: n digits of 16 bits (x, "digits"); 64 zero bytes; n + 16 pairs (d[i], d[i - 1]) of 16 bits
;; (x + 2n + 64, "pairs"), the last 16 of them 0 but for the first, which holds d[n - 1]. 6n + 128 bytes in all.
;;
;;   0x0000 N           0x2000 columns: low words      0x6000 columns of q: low words     0xa000 T mod R
;;   0x1000 -1/N mod R  0x4000          high words     0x8000               high words    0xb000 q
;;   0xc000 bytes in and out, least first              0x3c00 16 zero pairs and the pairs of a square's diagonal
;;
;; Columns are zero between operations: what takes them leaves zeros.
(memory (export "memory") 2)
(global $n (export "n") (mut i32) (i32.const 0)) ;; a multiple of 16

;; 16 columns at $out, plus `count` blocks: 16 digits from $digits on times the pairs around $pairs, for the next block
;; 16 digits on and 16 pairs back. The last block is taken at $last instead, and the columns are doubled when `twice`
;; blocks are left.
;; Column k gets digits[i] * d[k - i]: the pairs at k - i, in four lanes for four columns, do it for i and i + 1.
(func $blocks
    (param $out i32) (param $digits i32) (param $pairs i32) (param $count i32) (param $twice i32) (param $last i32)
  (local $c0 v128) (local $c1 v128) (local $c2 v128) (local $c3 v128)
  (local $h0 v128) (local $h1 v128) (local $h2 v128) (local $h3 v128)
  (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
  (local $w v128)
  (local.set $c0 (v128.load offset=0 (local.get $out)))
  (local.set $c1 (v128.load offset=16 (local.get $out)))
  (local.set $c2 (v128.load offset=32 (local.get $out)))
  (local.set $c3 (v128.load offset=48 (local.get $out)))
  (local.set $h0 (v128.load offset=8196 align=4 (local.get $out)))
  (local.set $h1 (v128.load offset=8212 align=4 (local.get $out)))
  (local.set $h2 (v128.load offset=8228 align=4 (local.get $out)))
  (local.set $h3 (v128.load offset=8244 align=4 (local.get $out)))
  (loop $next
    (if (i32.eq (local.get $count) (local.get $twice)) (then
      (local.set $c0 (i32x4.add (local.get $c0) (local.get $c0)))
      (local.set $c1 (i32x4.add (local.get $c1) (local.get $c1)))
      (local.set $c2 (i32x4.add (local.get $c2) (local.get $c2)))
      (local.set $c3 (i32x4.add (local.get $c3) (local.get $c3)))
      (local.set $h0 (i32x4.add (local.get $h0) (local.get $h0)))
      (local.set $h1 (i32x4.add (local.get $h1) (local.get $h1)))
      (local.set $h2 (i32x4.add (local.get $h2) (local.get $h2)))
      (local.set $h3 (i32x4.add (local.get $h3) (local.get $h3)))))
    (if (i32.eq (local.get $count) (i32.const 1)) (then (local.set $pairs (local.get $last))))
    (local.set $pairs (i32.sub (local.get $pairs) (i32.const 56)))
    ;; digits 0, 4, 8 and 12, each with the one after it
    (local.set $s0 (v128.load32_splat offset=0 (local.get $digits)))
    (local.set $s1 (v128.load32_splat offset=8 (local.get $digits)))
    (local.set $s2 (v128.load32_splat offset=16 (local.get $digits)))
    (local.set $s3 (v128.load32_splat offset=24 (local.get $digits)))
    (local.set $w (v128.load offset=8 align=8 (local.get $pairs)))
    (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $s3) (local.get $w))))
    (local.set $w (v128.load offset=24 align=8 (local.get $pairs)))
    (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $s2) (local.get $w))))
    (local.set $c1 (i32x4.add (local.get $c1) (i32x4.dot_i16x8_s (local.get $s3) (local.get $w))))
    (local.set $w (v128.load offset=40 align=8 (local.get $pairs)))
    (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $s1) (local.get $w))))
    (local.set $c1 (i32x4.add (local.get $c1) (i32x4.dot_i16x8_s (local.get $s2) (local.get $w))))
    (local.set $c2 (i32x4.add (local.get $c2) (i32x4.dot_i16x8_s (local.get $s3) (local.get $w))))
    (local.set $w (v128.load offset=56 align=8 (local.get $pairs)))
    (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $s0) (local.get $w))))
    (local.set $c1 (i32x4.add (local.get $c1) (i32x4.dot_i16x8_s (local.get $s1) (local.get $w))))
    (local.set $c2 (i32x4.add (local.get $c2) (i32x4.dot_i16x8_s (local.get $s2) (local.get $w))))
    (local.set $c3 (i32x4.add (local.get $c3) (i32x4.dot_i16x8_s (local.get $s3) (local.get $w))))
    (local.set $w (v128.load offset=72 align=8 (local.get $pairs)))
    (local.set $c1 (i32x4.add (local.get $c1) (i32x4.dot_i16x8_s (local.get $s0) (local.get $w))))
    (local.set $c2 (i32x4.add (local.get $c2) (i32x4.dot_i16x8_s (local.get $s1) (local.get $w))))
    (local.set $c3 (i32x4.add (local.get $c3) (i32x4.dot_i16x8_s (local.get $s2) (local.get $w))))
    (local.set $w (v128.load offset=88 align=8 (local.get $pairs)))
    (local.set $c2 (i32x4.add (local.get $c2) (i32x4.dot_i16x8_s (local.get $s0) (local.get $w))))
    (local.set $c3 (i32x4.add (local.get $c3) (i32x4.dot_i16x8_s (local.get $s1) (local.get $w))))
    (local.set $w (v128.load offset=104 align=8 (local.get $pairs)))
    (local.set $c3 (i32x4.add (local.get $c3) (i32x4.dot_i16x8_s (local.get $s0) (local.get $w))))
    ;; digits 2, 6, 10 and 14, each with the one after it
    (local.set $s0 (v128.load32_splat offset=4 (local.get $digits)))
    (local.set $s1 (v128.load32_splat offset=12 (local.get $digits)))
    (local.set $s2 (v128.load32_splat offset=20 (local.get $digits)))
    (local.set $s3 (v128.load32_splat offset=28 (local.get $digits)))
    (local.set $w (v128.load offset=0 align=8 (local.get $pairs)))
    (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $s3) (local.get $w))))
    (local.set $w (v128.load offset=16 align=8 (local.get $pairs)))
    (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $s2) (local.get $w))))
    (local.set $c1 (i32x4.add (local.get $c1) (i32x4.dot_i16x8_s (local.get $s3) (local.get $w))))
    (local.set $w (v128.load offset=32 align=8 (local.get $pairs)))
    (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $s1) (local.get $w))))
    (local.set $c1 (i32x4.add (local.get $c1) (i32x4.dot_i16x8_s (local.get $s2) (local.get $w))))
    (local.set $c2 (i32x4.add (local.get $c2) (i32x4.dot_i16x8_s (local.get $s3) (local.get $w))))
    (local.set $w (v128.load offset=48 align=8 (local.get $pairs)))
    (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $s0) (local.get $w))))
    (local.set $c1 (i32x4.add (local.get $c1) (i32x4.dot_i16x8_s (local.get $s1) (local.get $w))))
    (local.set $c2 (i32x4.add (local.get $c2) (i32x4.dot_i16x8_s (local.get $s2) (local.get $w))))
    (local.set $c3 (i32x4.add (local.get $c3) (i32x4.dot_i16x8_s (local.get $s3) (local.get $w))))
    (local.set $w (v128.load offset=64 align=8 (local.get $pairs)))
    (local.set $c1 (i32x4.add (local.get $c1) (i32x4.dot_i16x8_s (local.get $s0) (local.get $w))))
    (local.set $c2 (i32x4.add (local.get $c2) (i32x4.dot_i16x8_s (local.get $s1) (local.get $w))))
    (local.set $c3 (i32x4.add (local.get $c3) (i32x4.dot_i16x8_s (local.get $s2) (local.get $w))))
    (local.set $w (v128.load offset=80 align=8 (local.get $pairs)))
    (local.set $c2 (i32x4.add (local.get $c2) (i32x4.dot_i16x8_s (local.get $s0) (local.get $w))))
    (local.set $c3 (i32x4.add (local.get $c3) (i32x4.dot_i16x8_s (local.get $s1) (local.get $w))))
    (local.set $w (v128.load offset=96 align=8 (local.get $pairs)))
    (local.set $c3 (i32x4.add (local.get $c3) (i32x4.dot_i16x8_s (local.get $s0) (local.get $w))))
    ;; the split
    (local.set $h0 (i32x4.add (local.get $h0) (i32x4.shr_s (local.get $c0) (i32.const 14))))
    (local.set $h1 (i32x4.add (local.get $h1) (i32x4.shr_s (local.get $c1) (i32.const 14))))
    (local.set $h2 (i32x4.add (local.get $h2) (i32x4.shr_s (local.get $c2) (i32.const 14))))
    (local.set $h3 (i32x4.add (local.get $h3) (i32x4.shr_s (local.get $c3) (i32.const 14))))
    (local.set $w (i32x4.splat (i32.const 0x3fff)))
    (local.set $c0 (v128.and (local.get $c0) (local.get $w)))
    (local.set $c1 (v128.and (local.get $c1) (local.get $w)))
    (local.set $c2 (v128.and (local.get $c2) (local.get $w)))
    (local.set $c3 (v128.and (local.get $c3) (local.get $w)))
    (local.set $digits (i32.add (local.get $digits) (i32.const 32)))
    (local.set $pairs (i32.sub (local.get $pairs) (i32.const 8)))
    (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
  (v128.store offset=0 (local.get $out) (local.get $c0))
  (v128.store offset=16 (local.get $out) (local.get $c1))
  (v128.store offset=32 (local.get $out) (local.get $c2))
  (v128.store offset=48 (local.get $out) (local.get $c3))
  (v128.store offset=8196 align=4 (local.get $out) (local.get $h0))
  (v128.store offset=8212 align=4 (local.get $out) (local.get $h1))
  (v128.store offset=8228 align=4 (local.get $out) (local.get $h2))
  (v128.store offset=8244 align=4 (local.get $out) (local.get $h3)))

(func $pairs (param $x i32) (result i32)
  (i32.add (i32.add (local.get $x) (i32.const 64)) (i32.shl (global.get $n) (i32.const 1))))

;; The first block of digits that reaches the columns of block $k: max(0, k - n / 16).
(func $first (param $k i32) (result i32)
  (local.set $k (i32.sub (local.get $k) (i32.shr_u (global.get $n) (i32.const 4))))
  (select (local.get $k) (i32.const 0) (i32.gt_s (local.get $k) (i32.const 0))))

;; Blocks $from to $to (exclusive) of the columns of digits times pairs, added to the columns at $out.
(func $product (param $out i32) (param $from i32) (param $to i32) (param $digits i32) (param $pairs i32)
  (local $blocks i32) (local $low i32) (local $high i32)
  (local.set $blocks (i32.shr_u (global.get $n) (i32.const 4)))
  (loop $next
    (local.set $low (call $first (local.get $from)))
    (local.set $high (select
      (local.get $from) (i32.sub (local.get $blocks) (i32.const 1)) (i32.lt_u (local.get $from) (local.get $blocks))))
    (call $blocks
      (i32.add (local.get $out) (i32.shl (local.get $from) (i32.const 6)))
      (i32.add (local.get $digits) (i32.shl (local.get $low) (i32.const 5)))
      (i32.add (local.get $pairs) (i32.shl (i32.sub (local.get $from) (local.get $low)) (i32.const 6)))
      (i32.sub (i32.add (local.get $high) (i32.const 1)) (local.get $low))
      (i32.const 0)
      (i32.add (local.get $pairs) (i32.shl (i32.sub (local.get $from) (local.get $high)) (i32.const 6))))
    (br_if $next (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 1))) (local.get $to)))))

;; Block $k of the columns of a square: what lies before block $i twice, then $rest blocks around the diagonal.
(func $fold (param $x i32) (param $pairs i32) (param $k i32) (param $i i32) (param $rest i32) (param $last i32)
  (local $low i32)
  (local.set $low (call $first (local.get $k)))
  (call $blocks
    (i32.add (i32.const 0x2000) (i32.shl (local.get $k) (i32.const 6)))
    (i32.add (local.get $x) (i32.shl (local.get $low) (i32.const 5)))
    (i32.add (local.get $pairs) (i32.shl (i32.sub (local.get $k) (local.get $low)) (i32.const 6)))
    (i32.add (i32.sub (local.get $i) (local.get $low)) (local.get $rest))
    (local.get $rest)
    (local.get $last)))

;; n columns at $at, carried once, to the residue at $out. The carry into the first goes in, the last one's comes out.
(func $carry (param $at i32) (param $out i32) (param $in i32) (result i32)
  (local $end i32) (local $pairs i32)
  (local $half v128) (local $low v128) (local $zero v128)
  (local $x v128) (local $y v128) (local $k v128) (local $c v128) (local $e v128)
  (local.set $half (i32x4.splat (i32.const 0x2000)))
  (local.set $low (i32x4.splat (i32.const 0xffff)))
  (local.set $c (i32x4.splat (local.get $in)))
  (local.set $end (i32.add (local.get $at) (i32.shl (global.get $n) (i32.const 2))))
  (local.set $pairs (call $pairs (local.get $out)))
  (loop $next
    (local.set $x (i32x4.add (v128.load (local.get $at)) (v128.load offset=0x2000 (local.get $at))))
    (local.set $y (i32x4.add (v128.load offset=16 (local.get $at)) (v128.load offset=0x2010 (local.get $at))))
    (v128.store (local.get $at) (local.get $zero))
    (v128.store offset=16 (local.get $at) (local.get $zero))
    (v128.store offset=0x2000 (local.get $at) (local.get $zero))
    (v128.store offset=0x2010 (local.get $at) (local.get $zero))
    ;; k and c: the carries out of these eight columns, to the nearest multiple, and each moved up by a lane
    (local.set $k (i32x4.shr_s (i32x4.add (local.get $x) (local.get $half)) (i32.const 14)))
    (local.set $x (i32x4.add (i32x4.sub (local.get $x) (i32x4.shl (local.get $k) (i32.const 14)))
      (i8x16.shuffle 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 (local.get $c) (local.get $k))))
    (local.set $c (i32x4.shr_s (i32x4.add (local.get $y) (local.get $half)) (i32.const 14)))
    (local.set $y (i32x4.add (i32x4.sub (local.get $y) (i32x4.shl (local.get $c) (i32.const 14)))
      (i8x16.shuffle 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 (local.get $k) (local.get $c))))
    (v128.store (local.get $out) (i16x8.narrow_i32x4_s (local.get $x) (local.get $y)))
    (v128.store (local.get $pairs) (v128.or (v128.and (local.get $x) (local.get $low)) (i32x4.shl
      (i8x16.shuffle 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 (local.get $e) (local.get $x)) (i32.const 16))))
    (v128.store offset=16 (local.get $pairs) (v128.or (v128.and (local.get $y) (local.get $low)) (i32x4.shl
      (i8x16.shuffle 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 (local.get $x) (local.get $y)) (i32.const 16))))
    (local.set $e (local.get $y))
    (local.set $out (i32.add (local.get $out) (i32.const 16)))
    (local.set $pairs (i32.add (local.get $pairs) (i32.const 32)))
    (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (local.get $end))))
  (v128.store (local.get $pairs) (i32x4.shl
    (i8x16.shuffle 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 (local.get $e) (local.get $zero)) (i32.const 16)))
  (i32x4.extract_lane 3 (local.get $c)))
