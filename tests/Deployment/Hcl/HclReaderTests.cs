namespace EnergyLoad.Deployment.Tests.Hcl;

public sealed class HclReaderTests
{
    private const string Text = """
        # A comment with { a brace
        resource "type" "name" {
          plain = "text"
          nested = merge(local.common, { a = "1", "b" = [for x in y : x] }, { for k, v in z : k => v })

          inner {
            script = <<-SH
              echo "}" # not the end
            SH
            after = "${join(",", ["}"])}-x"
          }
        }
        """;

    [Fact]
    public void Blocks_attributes_and_texts_are_found()
    {
        var block = Assert.Single(new HclReader(Text).Body().Of("resource", "type", "name"));

        Assert.Equal(["plain", "nested"], block.Body.Names);
        Assert.Equal("text", block.Body.Attributes[0].Literal);
        Assert.Null(block.Body.Attributes[1].Literal);
        Assert.Equal(["script", "after"], Assert.Single(block.Body.Of("inner")).Body.Names);
    }

    [Fact]
    public void Members_of_object_literals_are_found_wherever_they_stand_in_an_expression()
    {
        var nested = new HclReader(Text).Body().Blocks[0].Body["nested"]!;

        Assert.Equal(["a", "b"], HclObjects.Members(nested).Select(member => member.Name));
    }

    [Fact]
    public void A_block_without_a_brace_is_refused() => Assert.Throws<FormatException>(() => new HclReader("resource \"a\" = 1").Body());
}
