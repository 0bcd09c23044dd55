//! Public keys, digests and signatures: which are taken, and whether one fits the other.

use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::traits::PublicKeyParts as _;
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Sha256, Sha384, Sha512};
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode as _, Header, Reader as _, SliceReader};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::refusal::Fault;

type Result<T> = std::result::Result<T, Fault>;

/// Bits of an RSA key: fewer are no longer trusted, more only cost time.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2_048..=8_192;

/// The digests that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

enum Key {
    Rsa(RsaPublicKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
}

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const MGF1: &str = "1.2.840.113549.1.1.8";
const EC: &str = "1.2.840.10045.2.1";

impl Hash {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// By its name in a container; those that are broken are refused by name.
    pub fn of_algorithm(algorithm: &AlgorithmIdentifierOwned) -> Result<Self> {
        match algorithm.oid.to_string().as_str() {
            "2.16.840.1.101.3.4.2.1" => Ok(Self::Sha256),
            "2.16.840.1.101.3.4.2.2" => Ok(Self::Sha384),
            "2.16.840.1.101.3.4.2.3" => Ok(Self::Sha512),
            "1.3.14.3.2.26" => Err(Fault::Algorithm("SHA-1".to_owned())),
            "1.2.840.113549.2.5" => Err(Fault::Algorithm("MD5".to_owned())),
            other => Err(Fault::Algorithm(other.to_owned())),
        }
    }

    /// What stands before the digest in a PKCS #1 signature (RFC 8017, 9.2, note 1).
    fn prefix(self) -> Box<[u8]> {
        let (whole, kind, length) = match self {
            Self::Sha256 => (0x31, 1, 32),
            Self::Sha384 => (0x41, 2, 48),
            Self::Sha512 => (0x51, 3, 64),
        };
        let oid = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, kind];
        let mut prefix = vec![0x30, whole, 0x30, 0x0d, 0x06, 0x09];
        prefix.extend(oid);
        prefix.extend([0x05, 0x00, 0x04, length]);
        prefix.into_boxed_slice()
    }

    fn pss(self, salt: usize) -> Pss {
        match self {
            Self::Sha256 => Pss::new_with_salt::<Sha256>(salt),
            Self::Sha384 => Pss::new_with_salt::<Sha384>(salt),
            Self::Sha512 => Pss::new_with_salt::<Sha512>(salt),
        }
    }
}

/// `RSA 2048`, `ECDSA P-256`
pub fn name(key: &SubjectPublicKeyInfoOwned) -> Result<String> {
    Ok(match read(key)? {
        Key::Rsa(key) => format!("RSA {}", key.n().bits()),
        Key::P256(_) => "ECDSA P-256".to_owned(),
        Key::P384(_) => "ECDSA P-384".to_owned(),
    })
}

fn read(key: &SubjectPublicKeyInfoOwned) -> Result<Key> {
    let odd = Fault::Container("khóa của chứng thư số viết sai");
    let bytes = key.subject_public_key.raw_bytes();
    let parameter = key.algorithm.parameters.as_ref();
    match key.algorithm.oid.to_string().as_str() {
        RSA | RSA_PSS => rsa_key(bytes),
        EC => {
            let curve = parameter.and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
            match curve.map(|curve| curve.to_string()).as_deref() {
                Some("1.2.840.10045.3.1.7") => p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes)
                    .map(Key::P256)
                    .map_err(|_| odd),
                Some("1.3.132.0.34") => p384::ecdsa::VerifyingKey::from_sec1_bytes(bytes)
                    .map(Key::P384)
                    .map_err(|_| odd),
                Some(other) => Err(Fault::Algorithm(format!("ECDSA trên đường cong {other}"))),
                None => Err(odd),
            }
        }
        other => Err(Fault::Algorithm(other.to_owned())),
    }
}

fn rsa_key(bytes: &[u8]) -> Result<Key> {
    let odd = |_| Fault::Container("khóa RSA viết sai");
    let key = rsa::pkcs1::RsaPublicKey::from_der(bytes).map_err(odd)?;
    let modulus = BigUint::from_bytes_be(key.modulus.as_bytes());
    let exponent = BigUint::from_bytes_be(key.public_exponent.as_bytes());
    if !RSA_BITS.contains(&modulus.bits()) {
        return Err(Fault::Algorithm(format!("RSA {} bit", modulus.bits())));
    }
    let key = RsaPublicKey::new_with_max_size(modulus, exponent, *RSA_BITS.end());
    key.map(Key::Rsa).map_err(|_| Fault::Container("khóa RSA viết sai"))
}

/// Whether a signature over a message was made with this key.
///
/// # Errors
/// That it was not; an algorithm that is not taken, or another digest than the container's.
pub fn verify(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> Result<()> {
    let digest = hash.of(&[message]);
    let is_sound = match (read(key)?, scheme(algorithm, hash)?) {
        (Key::Rsa(key), Scheme::Pkcs1) => {
            let scheme = Pkcs1v15Sign { hash_len: Some(digest.len()), prefix: hash.prefix() };
            key.verify(scheme, &digest, signature).is_ok()
        }
        (Key::Rsa(key), Scheme::Pss(salt)) => {
            key.verify(hash.pss(salt), &digest, signature).is_ok()
        }
        (Key::P256(key), Scheme::Ecdsa) => p256::ecdsa::Signature::from_der(signature)
            .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
        (Key::P384(key), Scheme::Ecdsa) => p384::ecdsa::Signature::from_der(signature)
            .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
        _ => return Err(Fault::Container("thuật toán ký không hợp với khóa của chứng thư số")),
    };
    if is_sound { Ok(()) } else { Err(Fault::Key) }
}

enum Scheme {
    Pkcs1,
    /// Bytes of salt.
    Pss(usize),
    Ecdsa,
}

fn scheme(algorithm: &AlgorithmIdentifierOwned, hash: Hash) -> Result<Scheme> {
    let with = |own: Hash, scheme: Scheme| match own == hash {
        true => Ok(scheme),
        false => Err(Fault::Container("hai thuật toán băm khác nhau trong một chữ ký")),
    };
    match algorithm.oid.to_string().as_str() {
        RSA => Ok(Scheme::Pkcs1),
        "1.2.840.113549.1.1.11" => with(Hash::Sha256, Scheme::Pkcs1),
        "1.2.840.113549.1.1.12" => with(Hash::Sha384, Scheme::Pkcs1),
        "1.2.840.113549.1.1.13" => with(Hash::Sha512, Scheme::Pkcs1),
        RSA_PSS => pss(algorithm, hash),
        "1.2.840.10045.4.3.2" => with(Hash::Sha256, Scheme::Ecdsa),
        "1.2.840.10045.4.3.3" => with(Hash::Sha384, Scheme::Ecdsa),
        "1.2.840.10045.4.3.4" => with(Hash::Sha512, Scheme::Ecdsa),
        "1.2.840.113549.1.1.5" | "1.2.840.10045.4.1" => Err(Fault::Algorithm("SHA-1".to_owned())),
        "1.2.840.113549.1.1.4" => Err(Fault::Algorithm("MD5".to_owned())),
        other => Err(Fault::Algorithm(other.to_owned())),
    }
}

/// PSS with one digest throughout (RFC 4055, 3.1).
fn pss(algorithm: &AlgorithmIdentifierOwned, hash: Hash) -> Result<Scheme> {
    let parameters =
        algorithm.parameters.as_ref().and_then(|given| PssParameters::read(given.value()));
    let Some(parameters) = parameters else {
        return Err(Fault::Container("tham số RSASSA-PSS không đúng"));
    };
    if Hash::of_algorithm(&parameters.hash)? != hash
        || Hash::of_algorithm(&parameters.mask)? != hash
    {
        return Err(Fault::Container("hai thuật toán băm khác nhau trong một chữ ký"));
    }
    Ok(Scheme::Pss(parameters.salt))
}

/// `pkcs1` refuses a trailer that is written though it is the usual one; some signers write it.
struct PssParameters {
    hash: AlgorithmIdentifierOwned,
    mask: AlgorithmIdentifierOwned,
    /// Bytes.
    salt: usize,
}

impl PssParameters {
    fn read(der: &[u8]) -> Option<Self> {
        let mut reader = SliceReader::new(der).ok()?;
        let mut part = |number: u8| {
            let header = Header::decode(&mut reader).ok()?;
            let is_it = u8::from(header.tag) == 0xa0 | number;
            reader.read_slice(header.length).ok().filter(|_| is_it)
        };
        let hash = AlgorithmIdentifierOwned::from_der(part(0)?).ok()?;
        let generator = AlgorithmIdentifierOwned::from_der(part(1)?).ok()?;
        let salt = u16::from_der(part(2)?).ok()?;
        if generator.oid.to_string() != MGF1 {
            return None;
        }
        let mask = generator.parameters?.decode_as().ok()?;
        Some(Self { hash, mask, salt: usize::from(salt) })
    }
}
