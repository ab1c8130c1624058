namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>The files of <see cref="RealFileTests"/>: what programs wrote, and what of it reaches Marketo.</summary>
internal static class RealFiles
{
    public static IReadOnlyList<RealFile> All { get; } =
    [
        new("UTF-16 without a mark")
        {
            File = "S\0N\0,\0N\0\r\0\n\0A\01\0,\0\x1F\x04@\x04\r\0\n\0",
            Records = ["A1=\u041F\u0440"],
        },
        new("windows-1252 without meaning")
        {
            File = "SN,N\nA1,x\x81y\nA2,ok\n",
            Settings = ""","encoding":"windows-1252" """,
            Message = "line 2 has bytes that are no windows-1252 text",
        },
        new("quotation marks of windows-1252")
        {
            File = "SN,N\nA1,\x93q\x94\n",
            Settings = ""","encoding":"iso-8859-1" """,
            Message = "this looks like windows-1252",
        },
        new("shift_jis without meaning")
        {
            File = "SN,N\nA1,x\xFFy\nA2,ok\n",
            Settings = ""","encoding":"shift_jis" """,
            Message = "line 2 has bytes that are no shift_jis text",
        },
        new("UTF-8 where the job says otherwise")
        {
            File = "SN,N\nA1,K\xC3\xBChl\n",
            Settings = ""","encoding":"windows-1252" """,
            Message = "is utf-8 by its bytes",
        },
        new("UTF-8 where the job says shift_jis")
        {
            File = "SN,N\nA1,\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD\xE6\x9D\xB1\n",
            Settings = ""","encoding":"shift_jis" """,
            Message = "is utf-8 by its bytes",
        },
        new("Chinese that would be UTF-8 too")
        {
            File = "SN,N\nA1,\xC4\xA3\n",
            Settings = ""","encoding":"gb18030" """,
            Records = ["A1=\u6A21"],
        },
        new("two files put together")
        {
            File = "\xEF\xBB\xBFSN,N\nA1,x\n\xEF\xBB\xBFSN,N\nA2,y\n",
            Records = ["A1=x", "A2=y"],
            Message = "header's names",
        },
        new("a mark in a row")
        {
            File = "SN,N\nB1,x\n\xEF\xBB\xBF\"B2\",y\n",
            Records = ["B1=x", "B2=y"],
        },
        new("quotes that are text")
        {
            File = "SN\tN\tX\nA1\t\"Foo\tn1\nA2\tb\tn2\nA3\tc\"\tn3\n",
            Settings = ""","delimiter":"tab","quote":"none" """,
            Records = ["A1=\"Foo", "A2=b", "A3=c\""],
        },
        new("quotes that swallow lines")
        {
            File = "SN\tN\tX\nA1\t\"Foo\tn1\nA2\tb\tn2\nA3\tc\"\tn3\n",
            Settings = ""","delimiter":"tab" """,
            Records = ["A1=Foo\tn1\nA2\tb\tn2\nA3\tc"],
            Message = "lines in it that look like rows",
        },
        new("blank before a quote")
        {
            File = "SN, N, X\n\"A1\", \"Foo\", \"a, b\"\n",
            Records = ["A1=Foo"],
        },
        new("backslash")
        {
            File = "SN,N\n\"A1\",\"5\\\"\"\n\"A2\",\"y\"\n",
            Settings = ""","escape":"\\" """,
            Records = ["A1=5\"", "A2=y"],
        },
        new("backslash that nobody named")
        {
            File = "SN,N,X\n\"A1\",\"5\\\"\",\"n\"\n\"A2\",\"y\",\"n\"\n",
            Message = "set \"escape\": \"\\\\\"",
        },
        new("carriage return only")
        {
            File = "SN,N\rA1,x\rA2,y\r",
            Records = ["A1=x", "A2=y"],
        },
        new("sep")
        {
            File = "sep=;\r\nSN;N\r\nA1;x\r\n",
            Records = ["A1=x"],
        },
        new("lines before the header")
        {
            File = "Report,,\nRun,,\n,,\nSN,N,X\nA1,x,1\n",
            Settings = ""","skipLines":2""",
            Records = ["A1=x"],
        },
        new("the line of the header")
        {
            File = "Report,,\nRun,,\n,,\nSN,N,X\nA1,x,1\n",
            Settings = ""","headerRow":4""",
            Records = ["A1=x"],
        },
        new("a footer")
        {
            File = "SN,N,X\nA1,x,1\n***END OF FILE***",
            Settings = ""","skipRows":{"SN":["Total","***END OF FILE***"]}""",
            Records = ["A1=x"],
        },
        new("a total")
        {
            File = "SN,N,X\nA1,x,1\nTotal,,3\n",
            Settings = ""","skipRows":{"SN":"total"}""",
            Records = ["A1=x"],
        },
        new("a delimiter too many")
        {
            File = "SN,N\nA1,x,\nA2,y,\n",
            Records = ["A1=x", "A2=y"],
        },
        new("short rows")
        {
            File = "SN,X,N\nA1,n,x\nA2,n\n",
            Settings = ""","shortRows":"fill" """,
            Records = ["A1=x", "A2="],
        },
        new("short rows that nobody allowed")
        {
            File = "SN,X,N\nA1,n,x\nA2,n\n",
            Records = ["A1=x"],
            Rejects = ["a.csv line 3 ragged-row"],
        },
        new("columns of one name that nobody needs")
        {
            File = "SN,N,Id,id\nA1,x,1,2\n",
            Records = ["A1=x"],
            Message = "several columns have the same name",
        },
        new("invisible signs in the header")
        {
            File = "\xEF\xBB\xBF\xEF\xBB\xBFSN,\xC2\xA0N\xE2\x80\x8B\nA1,x\n",
            Records = ["A1=x"],
        },
        new("one misquoted row")
        {
            File = "SN,N,X\n\"1\",\"RUS \"HILL,\"     \",\"x\"\n\"2\",\"ok\",\"y\"\n",
            Records = ["2=ok"],
            Rejects = ["a.csv line 2 misquoted"],
        },
        new("one bad byte")
        {
            File = "SN,N\nA1,Z\xC3\xBCrich\nA2,Z\xFCrich\n",
            Records = ["A1=Z\u00FCrich"],
            Rejects = ["a.csv line 3 invalid-text"],
        },
        new("a NUL")
        {
            File = "SN,N\nA1,x\nA2,y\0\nA3,z\n",
            Records = ["A1=x", "A3=z"],
            Rejects = ["a.csv line 3 invalid-text"],
        },
        new("a hole")
        {
            File = "SN,N\nA1,x\nA2,\0\0\0\0\nA3,z\n",
            Message = "line 3 has a hole of NULs",
        },
        new("Ctrl-Z")
        {
            File = "SN,N\r\nA1,x\r\n\x1A",
            Records = ["A1=x"],
        },
        new("a zip archive")
        {
            File = "PK\x03\x04\x14\0\0\0a.csv",
            Message = "is no CSV but a zip archive",
        },
        new("comments")
        {
            File = "# by hand\nSN,N\n#A0,y\nA1,x\n",
            Settings = ""","comment":"#" """,
            Records = ["A1=x"],
        },
    ];
}
