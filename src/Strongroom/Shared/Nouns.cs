namespace Strongroom.Shared;

/// <summary>What an <see cref="Id{TNoun}"/> can name. The names below are also the kinds of audit subjects.</summary>
public interface INoun;

public static class Noun
{
    public abstract class Event : INoun;
    public abstract class Message : INoun;
    public abstract class User : INoun;
    public abstract class Session : INoun;
    public abstract class Signature : INoun;
    public abstract class Approval : INoun;
    public abstract class Delegation : INoun;
    public abstract class PolicyVersion : INoun;
    public abstract class Branch : INoun;
    public abstract class Vault : INoun;
    public abstract class Cabinet : INoun;
    public abstract class LockerType : INoun;
    public abstract class Locker : INoun;
    public abstract class Inspection : INoun;
    public abstract class Person : INoun;
    public abstract class Channel : INoun;
    public abstract class Officer : INoun;
    public abstract class Posting : INoun;
    public abstract class Recertification : INoun;
    public abstract class Relative : INoun;
    public abstract class Training : INoun;
    public abstract class Emergency : INoun;
    public abstract class Key : INoun;
    public abstract class Custody : INoun;
    public abstract class Signatory : INoun;
    public abstract class ChannelCheck : INoun;
    public abstract class Consent : INoun;
    public abstract class Envelope : INoun;
    public abstract class KeyCheck : INoun;
    public abstract class KeyLoss : INoun;
    public abstract class Agreement : INoun;
    public abstract class Hold : INoun;
    public abstract class Death : INoun;
    public abstract class Agent : INoun;
    public abstract class Nomination : INoun;
    public abstract class Document : INoun;
    public abstract class BranchDay : INoun;
    public abstract class Visit : INoun;
    public abstract class Decision : INoun;
    public abstract class Occurrence : INoun;
    public abstract class VaultEntry : INoun;
    public abstract class Correction : INoun;
    public abstract class Obligation : INoun;
    public abstract class Complaint : INoun;
    public abstract class Notice : INoun;
    public abstract class Import : INoun;
    public abstract class ImportedFile : INoun;
    public abstract class Settlement : INoun;
    public abstract class Merge : INoun;
    public abstract class Client : INoun;
    public abstract class ClientSecret : INoun;
    public abstract class ClientCertificate : INoun;
    public abstract class Webhook : INoun;
    public abstract class WebhookDelivery : INoun;
}
