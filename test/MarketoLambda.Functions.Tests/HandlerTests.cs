using System.Reflection;
using Amazon.Lambda.Annotations;
using MarketoLambda.Functions.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace MarketoLambda.Functions.Tests;

/// <summary>template.yaml is written by hand; the generator names the handlers.</summary>
public sealed class HandlerTests
{
    /// <summary>Most characters of a handler's name.</summary>
    /// <remarks>Source: the Annotations generator's diagnostic AWSLambda0118.</remarks>
    private const int MaxCharacters = 127;

    [Fact]
    public void Every_handler_in_the_template_is_the_one_that_is_generated_for_its_function()
    {
        // Given
        var generated = typeof(SyncFunction).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttribute<LambdaFunctionAttribute>() is not null)
            .ToDictionary(
                method => method.GetCustomAttribute<LambdaFunctionAttribute>()!.ResourceName,
                method =>
                    $"{method.DeclaringType!.Assembly.GetName().Name}::{method.DeclaringType.FullName}_{method.Name}_Generated::{method.Name}"
            );
        YamlStream template = [];
        template.Load(new StringReader(Repository.Read("template.yaml")));
        var resources = (YamlMappingNode)template.Documents[0].RootNode["Resources"];

        // When
        var named = resources.Children
            .Where(resource => resource.Value["Type"].ToString() == "AWS::Serverless::Function")
            .ToDictionary(resource => resource.Key.ToString(), resource => resource.Value["Properties"]["Handler"]);

        // Then: !If [IsNative, bootstrap, <the generated one>]
        Assert.Equal(2, generated.Count);
        Assert.Equal(generated.Keys.Order(), named.Keys.Order());
        Assert.All(
            named,
            one =>
                Assert.Equal(["IsNative", "bootstrap", generated[one.Key]], ((YamlSequenceNode)one.Value).Select(part => part.ToString())));
        Assert.All(
            named,
            one =>
                Assert.Equal(
                    generated[one.Key].Split("::")[2],
                    resources[one.Key]["Properties"]["Environment"]["Variables"]["ANNOTATIONS_HANDLER"].ToString()));
        Assert.All(generated.Values, handler => Assert.True(handler.Length <= MaxCharacters));
    }
}
