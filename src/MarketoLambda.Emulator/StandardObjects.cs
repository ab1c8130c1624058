using MarketoLambda.Emulator.Activities;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Companies;
using MarketoLambda.Emulator.Leads;
using MarketoLambda.Emulator.Lists;
using MarketoLambda.Emulator.NamedAccounts;
using MarketoLambda.Emulator.Opportunities;
using MarketoLambda.Emulator.Programs;
using MarketoLambda.Emulator.SalesPersons;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator;

/// <summary>The objects that every subscription has: the one place that names them.</summary>
internal static class StandardObjects
{
    /// <summary>Where one path begins with another, the longer comes first.</summary>
    public static IReadOnlyList<StandardObject> All { get; } =
    [
        Company.Object,
        Lead.Object,
        OpportunityRole.Object,
        Opportunity.Object,
        SalesPerson.Object,
        NamedAccount.Object,
        ProgramMember.Object,
    ];

    /// <summary>The calls of those with an interface of their own.</summary>
    public static IReadOnlyList<Operation> Operations { get; } =
        [.. LeadOperations.All, .. ProgramOperations.All, .. ListOperations.Every, .. ActivityEndpoints.Operations];
}
