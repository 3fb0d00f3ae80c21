use std::hash::Hasher;

use siphasher::sip::SipHasher13;

/// 64 bits of a list of texts: the same in every version and on every machine, since stores keep what is made from it.
pub(crate) fn hash(parts: &[&str]) -> u64 {
    let mut hasher = SipHasher13::new_with_keys(0, 0);
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write_u8(0xff); // no UTF-8 text holds it: ["ab", "c"] is not ["a", "bc"]
    }
    hasher.finish()
}

/// 64 bits of a list of numbers.
pub(crate) fn hash_numbers(numbers: &[u64]) -> u64 {
    let mut hasher = SipHasher13::new_with_keys(0, 1);
    for number in numbers {
        hasher.write(&number.to_le_bytes());
    }
    hasher.finish()
}
