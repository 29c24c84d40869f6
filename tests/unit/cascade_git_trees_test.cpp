// Trees compared by the names of their contents, a walk over commits, and the store with its cache, on objects that a
// test writes down.
#include <catch2/catch.hpp>

#include <string>

#include "cascade_git/commit_changes.h"
#include "written_objects.h"

namespace cascade::git {
namespace {

const std::string file = "100644", program = "100755", link = "120000", module = "160000", folder = "40000";

// "A path", "D path", "M path" in git's order, then "? folder/" of what is lost; "too large".
std::string shown(const TreeChanges& changes) {
  std::string text;
  for (const ChangedPath& path : changes.paths) {
    REQUIRE((path.before.is_there() || path.after.is_there()));
    text += !path.before.is_there() ? "A " : !path.after.is_there() ? "D " : "M ";
    text += path.path + "\n";
  }
  for (const std::string& lost : changes.lost) text += "? " + lost + "\n";
  return text + (changes.is_too_large ? "too large\n" : "");
}

std::string compared(WrittenObjects& objects, std::uint32_t before, std::uint32_t after) {
  return shown(compare_trees(objects, id_numbered(before), id_numbered(after)));
}

TEST_CASE("trees: what came, went and changed, in git's order") {
  WrittenObjects objects;
  objects.tree(1, {{file, "a", 10}, {file, "b", 11}, {file, "c", 12}});
  objects.tree(2, {{file, "a", 10}, {file, "c", 13}, {file, "d", 14}});
  CHECK(compared(objects, 1, 2) == "D b\nM c\nA d\n");
  CHECK(compared(objects, 2, 1) == "A b\nM c\nD d\n");
  CHECK(compared(objects, 1, 1).empty());
  CHECK(shown(files_of(objects, id_numbered(1))) == "A a\nA b\nA c\n");
  CHECK(shown(compare_trees(objects, {}, {})).empty());
}

TEST_CASE("trees: equal folders are not read, others are gone into") {
  WrittenObjects objects;
  objects.tree(1, {{folder, "same", 30}, {folder, "src", 31}});
  objects.tree(2, {{folder, "same", 30}, {folder, "src", 32}});
  objects.tree(31, {{file, "x", 10}, {folder, "y", 33}});
  objects.tree(32, {{file, "x", 10}, {folder, "y", 34}});
  objects.tree(33, {{file, "z", 11}});
  objects.tree(34, {{file, "z", 12}, {program, "zz", 12}});
  CHECK(compared(objects, 1, 2) == "M src/y/z\nA src/y/zz\n");  // 30 is not even there
}

TEST_CASE("trees: a mode is a change, and a link or a submodule is an entry like a file") {
  WrittenObjects objects;
  objects.tree(1, {{file, "a", 10}, {file, "b", 11}, {module, "m", 12}});
  objects.tree(2, {{program, "a", 10}, {link, "b", 11}, {module, "m", 13}});
  const TreeChanges changes = compare_trees(objects, id_numbered(1), id_numbered(2));
  CHECK(shown(changes) == "M a\nM b\nM m\n");
  REQUIRE(changes.paths.size() == 3);
  CHECK(changes.paths[0].after.mode == 0100755);
  CHECK(changes.paths[1].after.is_link());
  CHECK_FALSE(changes.paths[1].before.is_link());
  CHECK(changes.paths[2].before.is_module());
}

TEST_CASE("trees: a file that becomes a folder goes, and the folder's files come") {
  WrittenObjects objects;
  objects.tree(1, {{file, "a", 10}, {file, "a.c", 11}});
  objects.tree(2, {{file, "a.c", 11}, {folder, "a", 30}});  // a folder is sorted as if it were "a/"
  objects.tree(30, {{file, "b", 12}});
  CHECK(compared(objects, 1, 2) == "D a\nA a/b\n");
  CHECK(compared(objects, 2, 1) == "A a\nD a/b\n");
}

TEST_CASE("trees: what cannot be read is lost, and the rest is told") {
  WrittenObjects objects;
  objects.tree(1, {{file, "a", 10}, {folder, "gone", 30}, {file, "z", 11}});
  objects.tree(2, {{file, "a", 12}, {folder, "gone", 31}, {file, "z", 13}});
  objects.tree(31, {{file, "b", 14}});
  CHECK(compared(objects, 1, 2) == "M a\nM z\n? gone/\n");
  objects.blob(30, "no tree");
  CHECK(compared(objects, 1, 2) == "M a\nM z\n? gone/\n");
  CHECK(compared(objects, 1, 99) == "? \n");
  CHECK(compared(objects, 99, 1) == "? \n");
}

TEST_CASE("trees: bytes that are no tree are lost from where they break off") {
  const std::string good = tree_text({{file, "a", 10}});
  for (const std::string& text :
       {std::string("x"), std::string("100644 b"), std::string("100644 b\0short", 14),
        std::string("100844 b\0", 9) + std::string(20, 'i'), std::string("0 b\0", 4) + std::string(20, 'i'),
        std::string("100644 \0", 8) + std::string(20, 'i'), std::string(1'000, ' ')}) {
    WrittenObjects objects;
    objects.put(1, ObjectKind::tree, good + text);
    INFO(text);
    CHECK(shown(files_of(objects, id_numbered(1))) == "A a\n? \n");
  }
}

TEST_CASE("trees: a folder that holds itself ends") {
  WrittenObjects objects;
  objects.tree(1, {{folder, "d", 1}, {file, "f", 10}});
  const TreeChanges changes = files_of(objects, id_numbered(1));
  REQUIRE(changes.lost.size() == 1);
  CHECK(changes.lost[0].size() >= 1'000);
  CHECK_FALSE(changes.is_too_large);
}

TEST_CASE("trees: folders of folders of the same files are too large, and that is soon known") {
  WrittenObjects objects;
  for (std::uint32_t level = 1; level <= 10; ++level) {
    std::vector<TreeEntry> entries;
    for (char name = '0'; name <= '9'; ++name) entries.push_back({level < 10 ? folder : file, {name}, level + 1});
    objects.tree(level, entries);
  }
  const TreeChanges changes = files_of(objects, id_numbered(1));
  CHECK(changes.is_too_large);
  CHECK(changes.paths.size() <= most_files_compared);
  CHECK_FALSE(compare_trees(objects, id_numbered(1), id_numbered(1)).is_too_large);
}

// Each commit as "number(parents' places)", "!" where it is cut, "?" for each that is missing.
std::string walked(WrittenObjects& objects, std::uint32_t head, const std::vector<std::uint32_t>& shallow = {}) {
  ObjectIds cut;
  for (const std::uint32_t id : shallow) cut.insert(id_numbered(id));
  std::string text;
  for (const WalkedCommit& commit : walk(objects, id_numbered(head), cut)) {
    text += std::to_string(number_of(commit.id)) + "(";
    for (std::size_t i = 0; i < commit.parents.size(); ++i)
      text += (i > 0 ? " " : "") + std::to_string(commit.parents[i]);
    text += ")" + std::string(commit.missing.size(), '?') + (commit.is_cut ? "! " : " ");
  }
  return text;
}

TEST_CASE("walk: parents come before children, whatever their clocks say") {
  WrittenObjects objects;
  objects.commit(1, {9, {}, 500});
  objects.commit(2, {9, {1}, 400});
  objects.commit(3, {9, {2}, 300});
  CHECK(walked(objects, 3) == "1() 2(0) 3(1) ");
  CHECK(walked(objects, 2) == "1() 2(0) ");
}

TEST_CASE("walk: of what is ready the older comes first, then the smaller name") {
  WrittenObjects objects;
  objects.commit(1, {9, {}, 10});
  objects.commit(5, {9, {1}, 30});
  objects.commit(6, {9, {1}, 20});
  objects.commit(4, {9, {1}, 30});
  objects.commit(7, {9, {5, 6, 4}, 40});
  CHECK(walked(objects, 7) == "1() 6(0) 4(0) 5(0) 7(3 1 2) ");  // parents stay in the commit's own order
}

TEST_CASE("walk: two roots, and the same parent twice") {
  WrittenObjects objects;
  objects.commit(1, {9, {}, 20});
  objects.commit(2, {9, {}, 10});
  objects.commit(3, {9, {1, 2, 1}, 30});
  CHECK(walked(objects, 3) == "2() 1() 3(1 0 1) ");
}

TEST_CASE("walk: history breaks off where a commit is missing or the repository is shallow") {
  WrittenObjects objects;
  objects.commit(1, {9, {}, 10});
  objects.commit(2, {9, {1}, 20});
  objects.commit(3, {9, {2, 8}, 30});
  CHECK(walked(objects, 3) == "1() 2(0) 3(1)? ");
  CHECK(walked(objects, 3, {2}) == "2()?! 3(0)? ");        // 1 is there, and is not followed
  CHECK(walked(objects, 3, {1, 7}) == "1() 2(0) 3(1)? ");  // a root has nothing to be cut off from
  objects.lose(1);
  CHECK(walked(objects, 3) == "2()? 3(0)? ");
  objects.put(2, ObjectKind::commit, "no commit");
  CHECK(walked(objects, 3) == "3()?? ");
}

TEST_CASE("walk: without a head there is nothing") {
  WrittenObjects objects;
  objects.tree(1, {});
  CHECK(walked(objects, 1).empty());
  CHECK(walked(objects, 2).empty());
}

TEST_CASE("walk: a commit that pretends to be its own ancestor comes last, once") {
  WrittenObjects objects;
  objects.commit(1, {9, {}, 10});
  objects.commit(2, {9, {3, 1}, 20});
  objects.commit(3, {9, {2}, 30});
  CHECK(walked(objects, 3) == "1() 3(2) 2(1 0) ");
}

TEST_CASE("walk: a hundred thousand commits in a row") {
  WrittenObjects objects;
  objects.commit(1, {9, {}, 0});
  for (std::uint32_t i = 2; i <= 100'000; ++i) objects.commit(i, {9, {i - 1}, 0});
  const auto commits = walk(objects, id_numbered(100'000), {});
  REQUIRE(commits.size() == 100'000);
  CHECK(number_of(commits.back().id) == 100'000);
}

// A store that owns what the test goes on writing to.
struct Shared final : ObjectStore {
  explicit Shared(WrittenObjects& written) : objects(written) {}
  ContentPointer read(const ObjectId& id, ObjectKind kind) override { return objects.read(id, kind); }
  WrittenObjects& objects;
};

std::string text_of(ObjectStore& store, std::uint32_t id, ObjectKind kind = ObjectKind::blob) {
  const ContentPointer content = store.read(id_numbered(id), kind);
  return content ? std::string(content->bytes) : "none";
}

TEST_CASE("cache: what was read last is not read again, as long as it fits") {
  WrittenObjects objects;
  for (std::uint32_t id = 1; id <= 3; ++id) objects.blob(id, std::string(1'000, static_cast<char>('0' + id)));
  const auto store = cached(std::make_unique<Shared>(objects), 2'700);  // two of them, with what each costs besides
  CHECK(text_of(*store, 1) == std::string(1'000, '1'));
  CHECK(text_of(*store, 2) == std::string(1'000, '2'));
  CHECK(text_of(*store, 1) == std::string(1'000, '1'));
  CHECK(objects.reads == 2);
  CHECK(text_of(*store, 3) == std::string(1'000, '3'));  // 1 is the oldest
  CHECK(text_of(*store, 2) == std::string(1'000, '2'));
  CHECK(objects.reads == 3);
  CHECK(text_of(*store, 1) == std::string(1'000, '1'));
  CHECK(objects.reads == 4);
}

TEST_CASE("cache: one object is kept however large, and stays whole for who holds it") {
  WrittenObjects objects;
  objects.blob(1, std::string(5'000, 'a'));
  objects.blob(2, "b");
  const auto store = cached(std::make_unique<Shared>(objects), 10);
  const ContentPointer held = store->read(id_numbered(1), ObjectKind::blob);
  CHECK(text_of(*store, 1).size() == 5'000);
  CHECK(objects.reads == 1);
  CHECK(text_of(*store, 2) == "b");
  CHECK(held->bytes == std::string(5'000, 'a'));
}

TEST_CASE("cache: what is missing is asked for again") {
  WrittenObjects objects;
  const auto store = cached(std::make_unique<Shared>(objects), 1'000);
  CHECK(text_of(*store, 1) == "none");
  objects.blob(1, "late");
  CHECK(text_of(*store, 1) == "late");
}

TEST_CASE("cache: an object has one kind, whether it was read before or not") {
  WrittenObjects objects;
  objects.blob(1, "text");
  const auto store = cached(std::make_unique<Shared>(objects), 1'000);
  CHECK(text_of(*store, 1, ObjectKind::tree) == "none");
  CHECK(text_of(*store, 1) == "text");
  CHECK(text_of(*store, 1, ObjectKind::tree) == "none");
  CHECK(text_of(*store, 1, ObjectKind::commit) == "none");
}

}  // namespace
}  // namespace cascade::git
