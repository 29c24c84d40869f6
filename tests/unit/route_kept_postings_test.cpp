// Postings that are taken over from the tables of the last build, and tables that cannot be trusted.
#include "unit/route_changing_folder.h"

namespace cascade::route {
namespace {

TEST_CASE("postings are copied where the averages are as they were, and weighed anew where they are not") {
  Folder folder;
  for (std::uint32_t i = 0; i < 40; ++i)
    folder.files["skills/" + name_of(i) + "/SKILL.md"].text =
        "---\nname: " + name_of(i) + "\ndescription: Does it.\n---\nSome words about gizmo number " +
        std::to_string(i) + ".\n";
  const Outcome whole = build(folder, {});
  folder.keep(whole.notes);
  folder.kept_tables.keep(whole.tables);
  std::string& text = folder.files.begin()->second.text;
  const std::string before = text;
  // One word leaves the average of 40 bodies as it is, 80 do not.
  for (const auto& [words_added, weighed] : {std::pair(1U, 1U), std::pair(80U, 40U)}) {
    text = before;
    for (unsigned i = 0; i < words_added; ++i) text += "Loading.\n";
    const Outcome updated = build(folder, folder.notes(), folder.kept_tables.bytes());
    CHECK(updated.weighed == weighed);
    CHECK((updated.tables == build(folder, {}).tables));
  }
}

// A folder whose first file got one more word, so that the postings of all others are taken over.
struct Taken {
  Folder folder;
  Outcome whole, anew;

  Taken() {
    for (std::uint32_t i = 0; i < 40; ++i)
      folder.files["skills/" + name_of(i) + "/SKILL.md"].text =
          "---\nname: " + name_of(i) + "\ndescription: Does it.\n---\nSome words about gizmo number " +
          std::to_string(i) + ".\n";
    whole = build(folder, {});
    folder.files.begin()->second.text += "Loading.\n";
    anew = build(folder, {});
    restore();
  }
  void restore() {
    folder.keep(whole.notes);
    folder.kept_tables.keep(whole.tables);
  }
  Outcome updated() const { return build(folder, folder.notes(), folder.kept_tables.bytes()); }
};

TEST_CASE("postings that do not follow each other without a gap, or are of no entry, are all weighed anew") {
  Taken taken;
  CHECK(taken.updated().weighed == 1);
  const auto term = [](Tables& tables, std::size_t number) { return const_cast<TermRecord*>(&tables.terms[number]); };
  const auto damage = [&](int kind, Tables& tables) {
    const std::size_t last = tables.terms.size - 1, middle = last / 2;
    switch (kind) {
      case 0: ++term(tables, middle)->postings.begin; return;
      case 1: ++term(tables, middle)->postings.count; return;
      case 2: --term(tables, last)->postings.count; return;
      case 3: ++term(tables, last)->postings.count; return;
      case 4: term(tables, last)->postings.count = 0xFFFFFFFF; return;
      case 5: term(tables, 0)->postings.begin = 1; return;
      case 6: const_cast<Posting*>(tables.postings.data)->entry_and_mask = 40U << 8 | 1; return;
      default: std::swap(term(tables, 0)->postings, term(tables, last)->postings);
    }
  };
  for (int kind = 0; kind < 8; ++kind) {
    INFO(kind);
    taken.restore();
    Tables tables;
    REQUIRE(tables.open(taken.folder.kept_tables.bytes()));
    damage(kind, tables);
    const Outcome updated = taken.updated();
    CHECK(updated.weighed == 40);
    CHECK(updated.counted == 1);
    CHECK((updated.tables == taken.anew.tables));
  }
}

TEST_CASE("notes and tables of another version are not read") {
  Taken taken;
  Tables tables;
  REQUIRE(tables.open(taken.folder.kept_tables.bytes()));
  const_cast<Counts*>(tables.counts.data)->version += 1;
  CHECK_FALSE(Tables().open(taken.folder.kept_tables.bytes()));
  CHECK(taken.updated().weighed == 40);
  taken.restore();
  Notes notes;
  REQUIRE(notes.open(taken.folder.notes()));
  const_cast<NotesHead*>(notes.head.data)->version += 1;
  CHECK_FALSE(Notes().open(taken.folder.notes()));
  CHECK_FALSE(Notes().open({}));
  CHECK(taken.updated().counted == 40);
}

TEST_CASE("tables that are another's, cut short or damaged never crash a build") {
  SeededRandom random{13};
  Folder folder = random_folder(random, 40);
  const Outcome whole = build(folder, {}), other = build(random_folder(random, 40), {});
  folder.keep(whole.notes);
  folder.files.begin()->second.text += "Loading.\n";
  const Outcome anew = build(folder, {});
  for (const std::string& tables : {std::string(), other.tables, whole.tables.substr(0, whole.tables.size() / 2)}) {
    folder.kept_tables.keep(tables);
    CHECK((build(folder, folder.notes(), folder.kept_tables.bytes()).tables == anew.tables));
  }
  for (int round = 0; round < 300; ++round) {
    folder.kept_tables.keep(whole.tables);
    const std::size_t most = round % 2 == 0 ? whole.tables.size() : 600;  // where the directory lies
    for (int hit = 0; hit < 1 + round % 8; ++hit)
      folder.kept_tables.data()[random.below(most)] =
          static_cast<char>(random.below(3) == 0 ? 0xFF : random.below(256));
    CHECK(build(folder, folder.notes(), folder.kept_tables.bytes()).counted <= whole.counted);
  }
}

}  // namespace
}  // namespace cascade::route
