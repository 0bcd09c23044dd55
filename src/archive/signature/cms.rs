//! The container of a signature (CMS, RFC 5652): its digest is that of the signed bytes, and
//! its signature was made with the key of the certificate in it.

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use sha2::{Sha256, Sha384, Sha512};
use x509_cert::Certificate;
use x509_cert::attr::AttributeValue;
use x509_cert::der::asn1::{ObjectIdentifier, OctetString};
use x509_cert::der::oid::AssociatedOid as _;
use x509_cert::der::{
    Decode as _, Encode as _, Header, Reader as _, SliceReader, Tag, Tagged as _,
};
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::name::Name;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::time::Time;

use super::key::{self, Hash};
use super::refusal::Fault;
use super::{Parts, one_line, time};
use crate::archive::Signature;

type Result<T> = std::result::Result<T, Fault>;

/// Bytes of a container: certificates, a time stamp, revocation lists.
const MAX_CONTAINER: usize = 4 << 20;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const TIME_STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const SIGNING_CERTIFICATE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");

impl Parts<'_> {
    fn digest(&self, hash: Hash) -> Vec<u8> {
        hash.of(&[self.before, self.after])
    }
}

/// A signature over the file (12.8.3.3).
pub fn signature(parts: &Parts<'_>, field: &str) -> Result<Signature> {
    let data = open(&parts.container)?;
    if data.encap_content_info.econtent_type != DATA || data.encap_content_info.econtent.is_some() {
        return Err(Fault::Container("không phải chữ ký tách rời"));
    }
    let signer = signer(&data)?;
    let certificate = certificate(&data, signer)?;
    let hash = Hash::of_algorithm(&signer.digest_alg)?;
    verify(signer, certificate, hash, DATA, &parts.digest(hash))?;
    let time = attribute(signer, SIGNING_TIME)?.map(|value| {
        let time = value.to_der().ok().and_then(|der| Time::from_der(&der).ok());
        time.ok_or(Fault::Container("giờ ký viết sai"))
    });
    let time = time.transpose()?.and_then(|time| time::of_unix(time.to_unix_duration().as_secs()));
    told(certificate, hash, field, time)
}

/// A time stamp over the file (12.8.5; RFC 3161).
pub fn time_stamp(parts: &Parts<'_>, field: &str) -> Result<Signature> {
    let data = open(&parts.container)?;
    let content = data.encap_content_info.econtent.as_ref();
    let content = content.filter(|_| data.encap_content_info.econtent_type == TIME_STAMP);
    let content = content.and_then(|content| content.decode_as::<OctetString>().ok());
    let content = content.ok_or(Fault::Container("không phải dấu thời gian"))?;
    let signer = signer(&data)?;
    let certificate = certificate(&data, signer)?;
    let hash = Hash::of_algorithm(&signer.digest_alg)?;
    verify(signer, certificate, hash, TIME_STAMP, &hash.of(&[content.as_bytes()]))?;
    let stamp = Stamp::read(content.as_bytes())?;
    let imprint = Hash::of_algorithm(&stamp.algorithm)?;
    if parts.digest(imprint) != stamp.digest {
        return Err(Fault::Digest);
    }
    let mut told = told(certificate, hash, field, time::of_generalized(&stamp.time))?;
    told.is_time_stamp = true;
    Ok(told)
}

/// What a certificate says of the signer.
fn told(
    certificate: &Certificate,
    hash: Hash,
    field: &str,
    time: Option<String>,
) -> Result<Signature> {
    let certificate = &certificate.tbs_certificate;
    let organisation = name(&certificate.subject, ORGANISATION).unwrap_or_default();
    let issuer = name(&certificate.issuer, COMMON_NAME);
    Ok(Signature {
        signer: name(&certificate.subject, COMMON_NAME).unwrap_or_else(|| organisation.clone()),
        time,
        field: field.to_owned(),
        organisation,
        issuer: issuer.or_else(|| name(&certificate.issuer, ORGANISATION)).unwrap_or_default(),
        algorithm: format!("{}, {}", key::name(&certificate.subject_public_key_info)?, hash.name()),
        is_time_stamp: false,
    })
}

/// The container, without the noughts that fill its place.
fn open(bytes: &[u8]) -> Result<SignedData> {
    let unreadable = |_| Fault::Container("không phải DER");
    let mut reader = SliceReader::new(bytes).map_err(unreadable)?;
    let header = Header::decode(&mut reader).map_err(unreadable)?;
    let length =
        (header.encoded_len().and_then(|head| head + header.length)).map_err(unreadable)?;
    let length = usize::try_from(length).map_err(unreadable)?;
    let (der, filling) = bytes.split_at_checked(length).ok_or(Fault::Container("bị cắt ngắn"))?;
    if length > MAX_CONTAINER {
        return Err(Fault::Container("quá lớn"));
    }
    if filling.iter().any(|byte| *byte != 0) {
        return Err(Fault::Container("sau chữ ký còn dữ liệu lạ"));
    }
    let content = ContentInfo::from_der(der).map_err(unreadable)?;
    if content.content_type != SIGNED_DATA {
        return Err(Fault::Container("không phải SignedData"));
    }
    content.content.decode_as().map_err(|_| Fault::Container("SignedData viết sai"))
}

fn signer(data: &SignedData) -> Result<&SignerInfo> {
    match data.signer_infos.0.as_slice() {
        [signer] => Ok(signer),
        _ => Err(Fault::Container("phải có đúng một người ký")),
    }
}

/// The certificate that the signer names.
fn certificate<'a>(data: &'a SignedData, signer: &SignerInfo) -> Result<&'a Certificate> {
    let certificates = data.certificates.iter().flat_map(|set| set.0.iter());
    let mut certificates = certificates.filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    });
    let found = certificates.find(|certificate| {
        let certificate = &certificate.tbs_certificate;
        match &signer.sid {
            SignerIdentifier::IssuerAndSerialNumber(id) => {
                id.issuer == certificate.issuer && id.serial_number == certificate.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(id) => {
                let own = certificate.extensions.iter().flatten();
                let mut own = own.filter(|own| own.extn_id == SubjectKeyIdentifier::OID);
                own.any(|own| {
                    SubjectKeyIdentifier::from_der(own.extn_value.as_bytes())
                        .is_ok_and(|own| own == *id)
                })
            }
        }
    });
    found.ok_or(Fault::Container("không có chứng thư số của người ký"))
}

/// The attributes that are signed name this content and this certificate, and the signature
/// over them holds.
fn verify(
    signer: &SignerInfo,
    certificate: &Certificate,
    hash: Hash,
    content_type: ObjectIdentifier,
    digest: &[u8],
) -> Result<()> {
    let attributes = signer.signed_attrs.as_ref();
    let attributes = attributes.ok_or(Fault::Container("không có thuộc tính được ký"))?;
    let kind =
        attribute(signer, CONTENT_TYPE)?.and_then(|v| v.decode_as::<ObjectIdentifier>().ok());
    if kind != Some(content_type) {
        return Err(Fault::Container("loại nội dung được ký không đúng"));
    }
    let signed = attribute(signer, MESSAGE_DIGEST)?.and_then(|v| v.decode_as::<OctetString>().ok());
    let signed = signed.ok_or(Fault::Container("không có giá trị băm được ký"))?;
    if signed.as_bytes() != digest {
        return Err(Fault::Digest);
    }
    if let Some(value) = attribute(signer, SIGNING_CERTIFICATE)? {
        let names = names_certificate(value, certificate);
        if !names.ok_or(Fault::Container("thuộc tính chứng thư ký viết sai"))? {
            return Err(Fault::Key);
        }
    }
    // Signed as a SET, not as what stands in its place in the container (RFC 5652, 5.4).
    let message = attributes.to_der().map_err(|_| Fault::Container("thuộc tính viết sai"))?;
    key::verify(
        &certificate.tbs_certificate.subject_public_key_info,
        &signer.signature_algorithm,
        hash,
        &message,
        signer.signature.as_bytes(),
    )
}

/// The one value of a signed attribute; one that is given twice is refused.
fn attribute(signer: &SignerInfo, oid: ObjectIdentifier) -> Result<Option<&AttributeValue>> {
    let attributes = signer.signed_attrs.iter().flat_map(|attributes| attributes.iter());
    let mut of_kind = attributes.filter(|attribute| attribute.oid == oid);
    let Some(attribute) = of_kind.next() else { return Ok(None) };
    match (attribute.values.as_slice(), of_kind.next()) {
        ([value], None) => Ok(Some(value)),
        _ => Err(Fault::Container("một thuộc tính có nhiều giá trị")),
    }
}

/// Whether signing-certificate-v2 (RFC 5035) names this one first.
fn names_certificate(value: &AttributeValue, certificate: &Certificate) -> Option<bool> {
    let mut reader = SliceReader::new(value.value()).ok()?;
    let mut certificates = enter(&mut reader, Tag::Sequence)?;
    let mut id = enter(&mut certificates, Tag::Sequence)?;
    let hash = match id.peek_byte()? {
        0x30 => Hash::of_algorithm(&AlgorithmIdentifierOwned::decode(&mut id).ok()?).ok()?,
        _ => Hash::Sha256,
    };
    let named = OctetString::decode(&mut id).ok()?;
    Some(hash.of(&[&certificate.to_der().ok()?]) == named.as_bytes())
}

/// The content of the value that comes next, if it is of this tag.
fn enter<'a>(reader: &mut SliceReader<'a>, tag: Tag) -> Option<SliceReader<'a>> {
    let header = Header::decode(reader).ok().filter(|header| header.tag == tag)?;
    SliceReader::new(reader.read_slice(header.length).ok()?).ok()
}

/// What a time stamp says (RFC 3161, 2.4.2).
struct Stamp {
    algorithm: AlgorithmIdentifierOwned,
    digest: Vec<u8>,
    time: String,
}

impl Stamp {
    fn read(der: &[u8]) -> Result<Self> {
        Self::parse(der).ok_or(Fault::Container("dấu thời gian viết sai"))
    }

    fn parse(der: &[u8]) -> Option<Self> {
        let mut reader = SliceReader::new(der).ok()?;
        let mut body = enter(&mut reader, Tag::Sequence)?;
        enter(&mut body, Tag::Integer)?;
        enter(&mut body, Tag::ObjectIdentifier)?;
        let mut imprint = enter(&mut body, Tag::Sequence)?;
        let algorithm = AlgorithmIdentifierOwned::decode(&mut imprint).ok()?;
        let digest = OctetString::decode(&mut imprint).ok()?.into_bytes();
        enter(&mut body, Tag::Integer)?;
        let mut time = enter(&mut body, Tag::GeneralizedTime)?;
        let length = time.remaining_len();
        let time = String::from_utf8(time.read_slice(length).ok()?.to_vec()).ok()?;
        Some(Self { algorithm, digest, time })
    }
}

/// The last of the name's parts of this kind.
fn name(name: &Name, kind: ObjectIdentifier) -> Option<String> {
    let mut parts = name.0.iter().flat_map(|part| part.0.iter()).rev();
    let part = parts.find(|part| part.oid == kind)?;
    let bytes = part.value.value();
    let text = match part.value.tag() {
        Tag::BmpString => {
            let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
        }
        Tag::TeletexString => bytes.iter().copied().map(char::from).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    Some(one_line(&text)).filter(|text| !text.is_empty())
}

impl Hash {
    /// Of some bytes as if they were one piece.
    pub fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn digest<D: sha2::Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            parts.iter().for_each(|part| digest.update(part));
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha256 => digest::<Sha256>(parts),
            Self::Sha384 => digest::<Sha384>(parts),
            Self::Sha512 => digest::<Sha512>(parts),
        }
    }
}
