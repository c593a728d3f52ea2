using EnergyLoad.Contract.Tests.Endpoints;
using EnergyLoad.Contract.Tests.Suites;

namespace EnergyLoad.Contract.Tests.Storage;

[NeedsFirebaseTools]
[Trait("Category", "Contract")]
[LeavesOut(nameof(An_insertion_for_a_new_object_leaves_one_that_is_there), "firebase-tools does not look at ifGenerationMatch")]
[LeavesOut(nameof(An_insertion_of_what_is_there_already_counts_as_written), "firebase-tools does not look at ifGenerationMatch")]
[LeavesOut(nameof(An_insertion_over_a_generation_needs_that_one), "firebase-tools does not look at ifGenerationMatch")]
[LeavesOut(
    nameof(A_generation_that_is_no_longer_there_is_neither_read_nor_copied_nor_deleted),
    "firebase-tools does not look at generation")]
public sealed class StorageOnFirebase(FirebaseStorage cloud) : StorageContract(cloud), IClassFixture<FirebaseStorage>;
