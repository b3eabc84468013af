using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace BackupLinks.Tests.Architecture;

/// <summary>
/// Which namespaces the types of a compiled assembly use: by base types, signatures, attributes, and the bodies of
/// methods. A value of a constant leaves no trace, and is not found.
/// </summary>
internal static class AssemblyReferences
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The uses of types of this product, each with one place where it is.</summary>
    public static IReadOnlyDictionary<(string From, string To), string> Read(Assembly assembly)
    {
        var found = new Dictionary<(string, string), string>();
        foreach (var type in assembly.GetTypes().Where(type => Owner(type).Namespace is not null))
        {
            string from = Owner(type).Namespace!;
            foreach (var used in UsesOf(type).SelectMany(Parts))
            {
                bool isOurs = used.Assembly.GetName().Name!.StartsWith("BackupLinks", StringComparison.Ordinal);
                // The other assembly is below as a whole.
                if (isOurs && used.Assembly == assembly && Owner(used).Namespace is { } to && to != from)
                    found.TryAdd((from, to), $"{Owner(type).Name} uses {Owner(used).Name}");
            }
        }

        return found;
    }

    // What a compiler generates belongs to the type that it is nested in.
    private static Type Owner(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsGenericParameter)
            return [];
        return type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }

    private static IEnumerable<Type> UsesOf(Type type)
    {
        var members = type.GetMembers(All);
        return
        [
            .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
            .. type.GetInterfaces(),
            .. type.CustomAttributes.SelectMany(UsesOf),
            .. members.SelectMany(member => member.CustomAttributes).SelectMany(UsesOf),
            .. members.OfType<FieldInfo>().Select(field => field.FieldType),
            .. members.OfType<MethodBase>().SelectMany(UsesOf),
        ];
    }

    private static IEnumerable<Type> UsesOf(CustomAttributeData attribute) =>
    [
        attribute.AttributeType,
        .. attribute.ConstructorArguments.Select(argument => argument.Value).OfType<Type>(),
        .. attribute.NamedArguments.Select(argument => argument.TypedValue.Value).OfType<Type>(),
    ];

    private static IEnumerable<Type> UsesOf(MethodBase method)
    {
        foreach (var parameter in method.GetParameters())
            yield return parameter.ParameterType;
        if (method is MethodInfo { ReturnType: var returned })
            yield return returned;
        if (method.GetMethodBody() is not { } body)
            yield break;
        foreach (var local in body.LocalVariables)
            yield return local.LocalType;
        foreach (int token in Tokens(body.GetILAsByteArray()!))
        {
            foreach (var type in Resolve(method, token))
                yield return type;
        }
    }

    // ECMA-335 part III, 1.9: instructions whose operand is a token of the metadata.
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (int i = 0; i < code.Length;)
        {
            short value = code[i] == 0xfe ? (short)((code[i] << 8) | code[i + 1]) : code[i];
            var operation = Codes[value];
            i += operation.Size;
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, i);
            }

            i += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        var member = method.Module.ResolveMember(token, ofType, ofMethod);
        if (member is Type type)
            return [type];
        Type[] arguments = member is MethodInfo { IsGenericMethod: true } called ? called.GetGenericArguments() : [];
        return [member!.DeclaringType!, .. arguments];
    }
}
