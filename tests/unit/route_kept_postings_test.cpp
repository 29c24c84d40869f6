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
    const Outcome updated = build(folder, folder.notes(), {}, folder.kept_tables.bytes());
    CHECK(updated.weighed == weighed);
    CHECK((updated.tables == build(folder, {}).tables));
  }
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
    CHECK((build(folder, folder.notes(), {}, folder.kept_tables.bytes()).tables == anew.tables));
  }
  for (int round = 0; round < 300; ++round) {
    folder.kept_tables.keep(whole.tables);
    const std::size_t most = round % 2 == 0 ? whole.tables.size() : 600;  // where the directory lies
    for (int hit = 0; hit < 1 + round % 8; ++hit)
      folder.kept_tables.data()[random.below(most)] =
          static_cast<char>(random.below(3) == 0 ? 0xFF : random.below(256));
    CHECK(build(folder, folder.notes(), {}, folder.kept_tables.bytes()).counted <= whole.counted);
  }
}

}  // namespace
}  // namespace cascade::route
