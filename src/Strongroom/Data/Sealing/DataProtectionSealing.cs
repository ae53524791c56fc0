using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Strongroom.Data.Sealing;

/// <summary>
/// Data Protection keys lie in the database, which turns their encryption off unless one is named: this one uses the bank's key ring.
/// </summary>
/// <remarks>The seals are asked for at the first use: building the server must be possible before there are keys, or nobody could say so in words.</remarks>
internal sealed class SealedXmlEncryptor(IServiceProvider services) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var envelope = services.GetRequiredService<Seals>().SealForBank("data_protection_keys", System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
        return new(new XElement("sealed", Convert.ToBase64String(envelope)), typeof(SealedXmlDecryptor));
    }
}

internal sealed class SealedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(System.Text.Encoding.UTF8.GetString(
        services.GetRequiredService<Seals>().OpenForBank("data_protection_keys", Convert.FromBase64String(encryptedElement.Value))));
}
