using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Clients.Registered;

/// <param name="Pem">From BEGIN CERTIFICATE to END CERTIFICATE.</param>
public sealed record AcceptCertificateRequest([property: Required, StringLength(10_000)] string Pem);

public sealed record CertificateAccepted(ClientCertificateId Id, string Thumbprint);

/// <summary>Several stand side by side, so that a new one is accepted before the old one runs out.</summary>
internal sealed class AcceptCertificate(StrongroomDb db, Write write)
{
    public Task<Outcome<CertificateAccepted>> Handle(ClientId id, AcceptCertificateRequest request, CancellationToken cancel) =>
        write.Do<CertificateAccepted>("clients.accept-certificate", new { id, request }, async act =>
        {
            if (!act.Actor.MayEverywhere(ClientsRights.Write)) return new NotYours();
            if (await db.Set<ApiClient>().SingleOrDefaultAsync(row => row.Id == id.Value, cancel) is not { } client) return new NoSuch("client");
            if (client.RevokedAt is not null) return new ClientRevoked().About(id);
            X509Certificate2 read;
            try
            {
                read = X509Certificate2.CreateFromPem(request.Pem);
            }
            catch (CryptographicException)
            {
                return new CertificateUnreadable { Field = nameof(request.Pem) }.About(id);
            }
            using var certificate = read;
            if (!certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)) return new CertificateNotSelfSigned { Field = nameof(request.Pem) }.About(id);
            if (certificate.NotAfter.ToUniversalTime() <= act.Now) return new CertificateOver { Field = nameof(request.Pem) }.About(id);

            var row = new ClientCertificate
            {
                Id = act.NewId<Noun.ClientCertificate>(),
                Client = id.Value,
                Thumbprint = Thumbprint(certificate),
                From = certificate.NotBefore.ToUniversalTime(),
                Until = certificate.NotAfter.ToUniversalTime(),
                AddedAt = act.Now,
            };
            db.LeanOn(client);
            db.Add(row);
            db.Append(act, new Event(ClientsAudit.CertificateAdded).About(id).With("thumbprint", row.Thumbprint));
            return new CertificateAccepted(row.Id, row.Thumbprint);
        }, cancel);

    public static string Thumbprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
}

internal sealed class RemoveCertificate(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(ClientId id, ClientCertificateId certificate, CancellationToken cancel) =>
        write.Do<Done>("clients.remove-certificate", new { id, certificate }, async act =>
        {
            if (!act.Actor.MayEverywhere(ClientsRights.Write)) return new NotYours();
            if (await db.Set<ClientCertificate>().SingleOrDefaultAsync(row => row.Id == certificate && row.Client == id.Value && row.RemovedAt == null, cancel) is not { } row) return new NoSuch("certificate");
            var client = await db.Set<ApiClient>().SingleAsync(one => one.Id == id.Value, cancel);

            row.RemovedAt = act.Now;
            // Whoever has its key may hold a token, too.
            client.Epoch++;
            db.Append(act, new Event(ClientsAudit.CertificateRemoved).About(id).With("thumbprint", row.Thumbprint));
            return Done.It;
        }, cancel);
}
