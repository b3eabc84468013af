using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class StoreCapabilitiesTests
{
    private static readonly ObjectRequest Part = new(new ByteRange(0, 100), null);
    private static readonly ObjectRequest Later = new(new ByteRange(100, 200), "\"tag\"", IsRepeated: true);

    [Fact]
    public void A_store_that_returned_a_part_does_not_refuse_ranges()
    {
        var store = new StoreCapabilities();
        Assert.Equal(default(ObjectRequest), store.Simplify(Part, 403, 0));

        store.NoteSuccess(Part, Part, isPart: true);

        Assert.Null(store.Simplify(Part, 403, 0));
    }

    [Fact]
    public void A_condition_is_left_out_before_a_range_and_what_is_repeated_stays_repeated()
    {
        var store = new StoreCapabilities();
        var first = store.Simplify(Later, 403, 0);
        Assert.Equal(Later with { Validator = null }, first);
        Assert.Equal(new ObjectRequest(null, null, IsRepeated: true), store.Simplify(first!.Value, 403, 0));

        store.NoteSuccess(Later, new ObjectRequest(null, null), isPart: false);

        Assert.Equal(new ObjectRequest(null, null, IsRepeated: true), store.Limit(Later));
    }

    [Fact]
    public void A_store_that_took_a_condition_does_not_refuse_conditions()
    {
        var store = new StoreCapabilities();

        store.NoteSuccess(Later, Later, isPart: true);

        Assert.Null(store.Simplify(Later, 403, 0));
    }

    [Fact]
    public void A_refusal_of_the_plain_request_too_is_about_that_link_and_not_about_its_successor()
    {
        var store = new StoreCapabilities();

        store.NoteRefusedPlain(0);

        Assert.Null(store.Simplify(Part, 403, 0));
        Assert.Equal(default(ObjectRequest), store.Simplify(Part, 403, 1));
    }
}
