namespace MarketoLambda.Marketo.Errors;

public static partial class MarketoErrorCatalog
{
    /// <summary>Rows of codes that say why a record was skipped.</summary>
    private static class RecordLevel
    {
        private const string Bug = "this is a mistake in this program: report it with the request id";
        private const string NotUsed = "custom objects should not return it: report it with the request id";

        public static readonly IReadOnlyList<MarketoError> Rows =
        [
            Data(
                "1001",
                "Invalid value for the field's type",
                "correct the value in the source, or the field's type in the mapping"
            ) with
            {
                InPlainWords = "A value is of another kind than its field, such as a word in a number field. Correct it in the "
                    + "source, or map the column to another field.",
                MayQuoteValues = true,
            },
            Data("1002", "Missing value for a required parameter", "give the record all dedupe fields of the object") with
            {
                InPlainWords = "A value is missing that every record needs. Fill in the key in the source.",
            },
            Data("1003", "Invalid data", "compare the mapping with the object's fields in Admin > Marketo Custom Objects") with
            {
                InPlainWords = "Marketo does not take a value or a field as it is. Compare the record with the object's fields in "
                    + "Admin > Marketo Custom Objects.",
            },
            Data("1004", "Lead not found", "the record, or the person its link field names, does not exist in Marketo") with
            {
                InPlainWords = "The person is not in Marketo, or not yet. Such records wait, and are tried again by themselves for a "
                    + "while.",
                MeansNotFound = true,
                IsAboutLead = true,
            },
            Data("1005", "Lead already exists", "the record exists in Marketo") with
            {
                InPlainWords = "The person is in Marketo already, and the job only creates.",
                MeansAlreadyExists = true,
                IsAboutLead = true,
            },
            Row(
                "1006",
                "Field not found",
                Disposition.RecordRejected,
                WhoActs.Operator,
                "correct the field name in the mapping, or add the field in Admin > Marketo Custom Objects"
            ) with
            {
                MeansMisconfigured = true,
            },
            Data(
                "1007",
                "Several records match the key",
                "the key exists more than once in Marketo: merge the people, or find the records by the key, delete all but one by their "
                    + "marketoGUID, and import the record again; for leads \"onSeveralMatches\" can choose one"
            ) with
            {
                InPlainWords = "Several people or records have this key, so Marketo does not know which is meant. Merge them, or "
                    + "delete all but one; for people the job file can choose one (\"onSeveralMatches\"). Then try the "
                    + "reject again.",
                MeansSeveralMatch = true,
            },
            Row(
                "1008",
                "Access denied to partition",
                Disposition.RecordRejected,
                WhoActs.Operator,
                "give the API user access to the workspace"),
            Row(
                "1009",
                "Partition name must be specified",
                Disposition.RecordRejected,
                WhoActs.Operator,
                "name the lead partition in the job's target: \"partition\""
            ) with
            {
                MeansMisconfigured = true,
            },
            Data(
                "1010",
                "Partition update not allowed",
                "the person is in another lead partition: import the record with a job for that one") with
            {
                InPlainWords = "The person is in another lead partition than the one the job writes to.",
            },
            Row(
                "1011",
                "Field not supported",
                Disposition.RecordRejected,
                WhoActs.Operator,
                "search only by the object's dedupe fields, link fields or marketoGUID"),
            Data("1012", "Invalid cookie value", "correct the cookie in the source, or leave the field out") with
            {
                InPlainWords = "The cookie is none that Marketo knows. Correct it in the source, or leave the field out.",
                MayQuoteValues = true,
            },
            Data("1013", "Object not found", "the record or the object does not exist in Marketo") with
            {
                InPlainWords = "The record that is meant, such as the company or the parent, is not in Marketo, or not yet. Such "
                    + "records wait, and are tried again by themselves for a while.",
                MeansNotFound = true,
            },
            Other("1014", "Failed to create object"),
            Data("1015", "Lead not in list", "the person is not in the list") with
            {
                MeansNotFound = true,
                MeansNoChange = true,
                IsAboutLead = true,
            },
            Row(
                "1016",
                "Too many imports",
                Disposition.RecordRejected,
                WhoActs.Nobody,
                "wait until one of the 10 queued imports is over"),
            Data("1017", "Object already exists", "the record exists in Marketo") with
            {
                InPlainWords = "The record is in Marketo already, and the job only creates.",
                MeansAlreadyExists = true,
            },
            Row(
                "1018",
                "CRM enabled",
                Disposition.RecordRejected,
                WhoActs.Operator,
                "the native CRM integration owns this object: change the records there"
            ) with
            {
                MeansOwnedByCrm = true,
            },
            Other("1019", "Import in progress"),
            Other("1020", "Too many clones to program"),
            Row(
                "1021",
                "Company update not allowed",
                Disposition.RecordRejected,
                WhoActs.Operator,
                "remove the company's fields from the job, and fill them with a job for companies"
            ) with
            {
                MeansMisconfigured = true,
            },
            Data("1022", "Object in use", "remove what refers to the record first"),
            Row(
                "1025",
                "Program status not found",
                Disposition.RecordRejected,
                WhoActs.Operator,
                "name a status that the program's channel has"
            ) with
            {
                MayBeContent = true,
            },
            Row(
                "1026",
                "Custom object not enabled",
                Disposition.Denied,
                WhoActs.Operator,
                "ask Adobe to enable custom objects for the subscription"
            ) with
            {
                MeansMisconfigured = true,
            },
            Other("1027", "Too many activity types"),
            Row(
                "1028",
                "Too many fields",
                Disposition.RecordRejected,
                WhoActs.Operator,
                "an object may have 50 fields, and 20 more after its first approval; and the API may create 10 custom object types, or as "
                    + "many as the contract says"),
            Other("1029", "Too many jobs in queue, or export quota exceeded"),
            Other("1035", "Unsupported filter type"),
            Row("1036", "Duplicate object found in input", Disposition.RecordRejected, WhoActs.Developer, Bug) with
            {
                MayBeContent = true,
                IsDuplicateInCall = true,
            },
            Data("1037", "Lead was skipped", "the person has this status already or a later one, or is not in the program") with
            {
                MeansNoChange = true,
                IsAboutLead = true,
            },
            Other("1042", "Invalid runAt date"),
            Row(
                "1048",
                "Discarding the draft failed",
                Disposition.RecordRejected,
                WhoActs.Operator,
                "check in Admin > Marketo Custom Objects whether the object has a draft"),
            Other("1049", "Failed to create activity"),
            Other("1076", "Merge leads: duplicate in the CRM"),
            Other("1077", "Merge leads: field too long for the CRM"),
            Other("1078", "Merge leads: not possible in the CRM"),
            Other("1079", "Merge leads: personalized URL conflict"),
            Other("1080", "Merge leads failed"),
        ];

        private static MarketoError Data(string code, string message, string remedy) =>
            Row(code, message, Disposition.RecordRejected, WhoActs.DataOwner, remedy) with
            {
                MayBeContent = true,
            };

        private static MarketoError Other(string code, string message) =>
            Row(code, message, Disposition.RecordRejected, WhoActs.Developer, NotUsed);

        private static MarketoError Row(string code, string message, Disposition disposition, WhoActs whoActs, string remedy) =>
            new(code, message, disposition, whoActs, remedy, "error-codes, record level");
    }
}
