// The words that remove the program fit how it was installed.
#include <catch2/catch.hpp>

#include "init/installation.h"
#include "unit/memory_tree.h"

using namespace cascade;
using cli::removal_commands;

namespace {

files::MemoryTree tree_of(std::initializer_list<const char*> paths) {
  files::MemoryTree tree;
  for (const char* path : paths) tree.write(path, "x");
  return tree;
}

}  // namespace

TEST_CASE("npm's packages are removed by npm, from the place that they are in") {
  const files::MemoryTree none;
  CHECK(removal_commands(
            none, "/usr/local/lib/node_modules/cascade-context/node_modules/cascade-context-linux-x64/bin/cascade") ==
        "npm uninstall --global cascade-context --prefix /usr/local\n");
  CHECK(removal_commands(none, "/home/u/.nvm/v20/lib/node_modules/cascade-context-linux-x64/bin/cascade") ==
        "npm uninstall --global cascade-context --prefix /home/u/.nvm/v20\n");
  CHECK(removal_commands(none, "/home/u/my app/node_modules/cascade-context-linux-arm64/bin/cascade") ==
        "npm uninstall cascade-context --prefix '/home/u/my app'\n");
  CHECK(removal_commands(tree_of({"/home/u/lib/package.json"}),
                         "/home/u/lib/node_modules/cascade-context-linux-x64/bin/cascade") ==
        "npm uninstall cascade-context --prefix /home/u/lib\n");
  CHECK(removal_commands(none, "/home/u/.npm/_npx/1a2b/node_modules/cascade-context-linux-x64/bin/cascade") ==
        "# npx keeps it in its cache\nrm -r /home/u/.npm/_npx/1a2b\n");
  CHECK(removal_commands(
            none,
            "/p/node_modules/.pnpm/cascade-context-linux-x64@1/node_modules/cascade-context-linux-x64/bin/cascade") ==
        "pnpm --dir /p remove cascade-context\n");
}

TEST_CASE("what the sources installed is removed by their script, an archive file by file, a build tree whole") {
  CHECK(removal_commands(tree_of({"/home/u/.local/share/cascade/installed", "/home/u/.local/share/cascade/library/x"}),
                         "/home/u/.local/bin/cascade") ==
        "# in the folder of the sources; what it installed is listed in /home/u/.local/share/cascade/installed\n"
        "scripts/install --remove --prefix /home/u/.local\n");
  CHECK(removal_commands(
            tree_of({"/opt/c/share/cascade/library/skills/x", "/opt/c/libexec/cascade/cascade-git",
                     "/opt/c/share/man/man1/cascade.1.gz", "/opt/c/share/bash-completion/completions/cascade"}),
            "/opt/c/bin/cascade") ==
        "# unpacked from an archive\nrm -r /opt/c/bin/cascade /opt/c/libexec/cascade /opt/c/share/cascade "
        "/opt/c/share/bash-completion/completions/cascade /opt/c/share/man/man1/cascade.1.gz "
        "/opt/c/share/man/man1/cascade-*.1.gz\n");
  CHECK(removal_commands(tree_of({"/src/build/release/CMakeCache.txt"}), "/src/build/release/cascade") ==
        "# it runs from its build tree\nrm -r /src/build/release\n");
  CHECK(removal_commands(tree_of({"/var/lib/dpkg/info/cascade.list", "/usr/share/cascade/library/x"}),
                         "/usr/bin/cascade") == "sudo apt remove cascade\n");
  CHECK(removal_commands(files::MemoryTree(), "/x/it's/cascade") == "rm '/x/it'\\''s/cascade'\n");
}
