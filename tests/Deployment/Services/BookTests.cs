using System.Text.Json;
using EnergyLoad.Deployment.Tests.Hcl;
using EnergyLoad.Deployment.Tests.Terraform;
using EnergyLoad.Testing;

namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>What lands in BigQuery is what is published, and the views have the columns that dashboards have always read.</summary>
public sealed class BookTests
{
    private const string Errors =
        "starting uuid ending error_code error_type error_message destination_bucket destination_path original_bucket_name original_path";

    private static readonly Dictionary<string, string> Views = new()
    {
        ["send"] = "uuid starting ending e_sight_message e_sight_response e_sight_response_type message_id data_feed_type local_market "
            + "site_id meter_id original_bucket original_path destination_bucket destination_path "
            + "dataimportcode datapointKey tsIso8601 value",
        ["receive"] = "uuid starting ending e_sight_Id e_sight_received_Json_tsIso8601 send_uuid message_id e_sight_response_type "
            + "e_sight_response e_sight_message datapointKey value tsIso8601 destination_bucket destination_path",
        ["send_errors"] = Errors,
        ["receive_errors"] = Errors,
    };

    public static TheoryData<string, string> Events => new()
    {
        { "error_reports", "error-report-event.v1.schema.json" },
        { "deliveries", "delivery-event.v1.schema.json" },
    };

    [Fact]
    public void Every_view_has_the_columns_of_the_original_in_their_order()
    {
        var views = HclObjects.Members(Infrastructure.Local("books", "views")).ToArray();

        Assert.Equal(Views.Keys.Order(StringComparer.Ordinal), views.Select(view => view.Name).Order(StringComparer.Ordinal));
        foreach (var view in views)
        {
            Assert.Equal(Views[view.Name].Split(' '), Columns(view).Select(column => column.Split(" AS ")[^1]));
        }
    }

    [Fact]
    public void Every_view_reads_columns_of_its_table()
    {
        foreach (var view in HclObjects.Members(Infrastructure.Local("books", "views")))
        {
            var there = ColumnsOf(Member(view, "of").Trim('"')).Select(column => column.Name);
            Assert.Empty(Columns(view).Where(column => !column.Contains(' ', StringComparison.Ordinal)).Except(there));
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_column_of_a_table_is_a_member_of_its_event(string table, string schema)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "gateway", schema)));
        var members = document.RootElement.GetProperty("properties").EnumerateObject().Select(member => member.Name);
        var required = document.RootElement.GetProperty("required").EnumerateArray().Select(member => member.GetString()!);
        var columns = ColumnsOf(table).ToArray();

        Assert.Empty(columns.Select(column => column.Name).Except(members));
        Assert.Empty(columns.Where(column => column.Required).Select(column => column.Name).Except(required));
        // BigQuery takes names that differ in case alone for one.
        Assert.Distinct(columns.Select(column => column.Name), StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<(string Name, bool Required)> ColumnsOf(string table)
    {
        var landing = HclObjects.Members(Infrastructure.Local("books", "landing")).Single(landing => landing.Name == table);
        foreach (var line in Member(landing, "columns").Split('\n').Where(line => line.Contains("name =", StringComparison.Ordinal)))
        {
            var column = HclObjects.Members(line).ToDictionary(member => member.Name, member => member.Literal);
            yield return (column["name"]!, column.GetValueOrDefault("mode") == "REQUIRED");
        }
    }

    private static IEnumerable<string> Columns(HclAttribute view) =>
        Member(view, "columns").Trim('[', ']', '\n', ' ', ',').Split("\",").Select(column => column.Trim('"', ' ', '\n', ','));

    private static string Member(HclAttribute of, string name) =>
        HclObjects.Members(of.Expression).Single(member => member.Name == name).Expression;
}
