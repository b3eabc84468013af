using System;

namespace BackupLinks.Links;

/// <summary>Names the <see cref="LinkRenewal"/> of a kind of link.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class RenewedByAttribute(Type renewal) : Attribute
{
    /// <summary>The renewal; has a constructor without parameters.</summary>
    public Type Renewal => renewal;
}
