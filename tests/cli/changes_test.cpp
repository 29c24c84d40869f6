// What cascade-git says has changed since a commit is what git says, in random repositories: the index as a commit left
// it, with things staged, moved and taken back, in each of its versions.
#include "scratch_folder.h"
#include "syntax/json.h"

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace cascade {
namespace {

constexpr std::uint64_t repositories = 24;
constexpr std::array<const char*, 6> names = {"a", "b.md", "x/c", "x/y/d.md", "z \xC3\xA9/f", "w/w/w/g"};

struct Random {
  std::uint64_t state;

  std::uint64_t below(std::uint64_t count) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % count;
  }
};

std::string output(const std::string& command) {
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.append(buffer.data(), got);
  ::pclose(pipe);
  return out;
}

class Repository {
 public:
  explicit Repository(std::uint64_t seed) : random_{seed} {
    git("init -q -b main");
    git("config index.version " + std::to_string(2 + seed % 3));
    for (std::size_t i = 0; i < names.size(); i += 2) write(names[i]);
    git("add -A");
    git("commit -qm first");
  }

  void step() {
    const std::string name = names[random_.below(names.size())];
    switch (random_.below(9)) {
      case 0: write(name); break;
      case 1: write(name), git("add -- '" + name + "'"); break;
      case 2: git("add -A"), git("commit -qm more"); break;
      case 3: git("commit -qam some"); break;
      case 4: git("rm -qf -- '" + name + "'"); break;
      case 5: git("mv -f -- '" + name + "' '" + names[random_.below(names.size())] + "'"); break;
      case 6: git(random_.below(2) == 0 ? "reset -q --hard HEAD~1" : "reset -q"); break;
      case 7: std::filesystem::remove(folder_.path + "/" + name); break;
      default: git("checkout -q -B other HEAD~1"); break;
    }
  }

  std::set<std::string> said_by_git() const {
    std::set<std::string> paths;
    const std::string listed =
        git("diff --no-renames --name-only -z HEAD") + git("ls-files --others --exclude-standard -z");
    for (std::size_t begin = 0; begin < listed.size();) {
      const std::size_t end = listed.find('\0', begin);
      paths.insert(listed.substr(begin, end - begin));
      begin = end + 1;
    }
    return paths;
  }

  std::set<std::string> said_by_cascade(const std::string& program) const {
    const std::string question = R"({"ask":"changes","directory":")" + folder_.path + R"(","revision":"HEAD"})";
    const syntax::Parsed answer =
        syntax::parse_json(output("printf '%s\\n' '" + question + "' | '" + program + "'"), {1 << 20, 8, 10'000, 0});
    std::set<std::string> paths;
    const syntax::Node* files = answer.root.find("files");
    REQUIRE(files != nullptr);
    for (const syntax::Node& file : files->items) paths.insert(file.find("path")->text);
    return paths;
  }

 private:
  std::string git(const std::string& arguments) const {
    return output("GIT_CONFIG_NOSYSTEM=1 HOME=/nowhere git -C '" + folder_.path +
                  "' -c user.name=a -c user.email=a@b " + arguments + " 2>/dev/null");
  }

  void write(const std::string& name) {
    const std::filesystem::path path = folder_.path + "/" + name;
    std::error_code ignored;
    std::filesystem::create_directories(path.parent_path(), ignored);
    std::ofstream(path) << name << random_.below(1000) << '\n';
  }

  test::ScratchFolder folder_;
  Random random_;
};

}  // namespace

TEST_CASE("what changed in a random repository is what git says") {
  const std::string program =
      (std::filesystem::path(CASCADE_BINARY).parent_path() / "libexec/cascade/cascade-git").string();
  if (!std::filesystem::exists(program)) {
    WARN("skipped: built without libgit2");
    return;
  }
  std::size_t changed = 0;
  for (std::uint64_t seed = 0; seed < repositories; ++seed) {
    Repository repository(seed);
    for (int i = 0; i < 5; ++i) {
      repository.step();
      const std::set<std::string> expected = repository.said_by_git();
      INFO("repository " << seed << ", step " << i);
      CHECK(repository.said_by_cascade(program) == expected);
      changed += expected.size();
    }
  }
  CHECK(changed > repositories);
}

}  // namespace cascade
