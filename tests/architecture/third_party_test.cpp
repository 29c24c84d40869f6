#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string_view>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

// Each library is known to one folder only, and there to sources, not to headers.
struct Library {
  std::string_view prefix, folder;
};
constexpr Library libraries[] = {
    {"yaml-cpp/", "src/core/syntax/"},
    {"nlohmann/", "src/core/syntax/"},
    {"CLI/", "src/core/cli/"},
    {"spdlog/", "src/core/cli/"},
    {"fmt/", "src/core/cli/"},
    {"xxhash.h", "src/core/hash/"},
    {"libstemmer.h", "src/core/route/"},
    {"git2", "src/programs/cascade_git/"},
    {"libpq", "src/programs/cascade_postgres/"},
    {"sqlite3", "src/lib/store/"},
    {"sha2.h", "src/core/hash/"},
    {"catch2/", "tests/"},
    {"CommonCrypto/", "src/core/hash/"},
};

// The system's own headers: the disk belongs to `files`, the terminal and signals to `cli`.
constexpr std::string_view system_folders[] = {"src/core/files/", "src/core/cli/", "src/programs/cascade/", "tests/",
                                               "bench/"};
constexpr std::string_view system_headers[] = {"dirent.h",
                                               "dlfcn.h",
                                               "elf.h",
                                               "fcntl.h",
                                               "poll.h",
                                               "signal.h",
                                               "spawn.h",
                                               "unistd.h",
                                               "sys/file.h",
                                               "sys/auxv.h",
                                               "sys/mman.h",
                                               "sys/stat.h",
                                               "sys/types.h",
                                               "sys/wait.h",
                                               "sys/ioctl.h",
                                               "sys/resource.h",
                                               "sys/time.h",
                                               "sys/uio.h",
                                               "sys/xattr.h",
                                               "sys/prctl.h",
                                               "malloc.h",
                                               "sys/statfs.h",
                                               "linux/openat2.h",
                                               "sys/syscall.h",
                                               "sys/ptrace.h",
                                               "sched.h",
                                               "sys/socket.h",
                                               "sys/un.h",
                                               "arpa/inet.h",
                                               "linux/audit.h",
                                               "linux/filter.h",
                                               "linux/sched.h",
                                               "linux/seccomp.h",
                                               "pthread.h",
                                               "copyfile.h",
                                               "gethostuuid.h",
                                               "libproc.h",
                                               "mach-o/dyld.h",
                                               "sys/mount.h",
                                               "sys/param.h",
                                               "sys/random.h",
                                               "sys/sysctl.h",
                                               "windows.h",
                                               "winsock2.h",
                                               "winternl.h",
                                               "winioctl.h",
                                               "aclapi.h",
                                               "sddl.h",
                                               "bcrypt.h",
                                               "shellapi.h",
                                               "psapi.h",
                                               "tlhelp32.h",
                                               "io.h"};

// Windows' SHA-256.
constexpr std::string_view hash_folder = "src/core/hash/", hash_headers[] = {"windows.h", "bcrypt.h"};

// The compiler's own: vector instructions, used where they pay.
constexpr std::string_view vector_header = "emmintrin.h", vector_folder = "src/core/tokens/";

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

// Headers of the C++ standard library have neither a folder nor an ending.
bool is_standard(std::string_view target) { return target.find_first_of("./") == std::string_view::npos; }

bool in_one_of(std::string_view path, const std::string_view* begin, const std::string_view* end) {
  return std::any_of(begin, end, [&](std::string_view folder) { return starts_with(path, folder); });
}

std::string judge(const Include& include) {
  if (!include.angled || is_standard(include.target) || starts_with(include.target, "cascade/")) return {};
  const std::string place = include.file + ":" + std::to_string(include.line) + ": <" + include.target + "> ";
  for (const Library& library : libraries) {
    if (!starts_with(include.target, library.prefix)) continue;
    if (!starts_with(include.file, library.folder)) return place + "belongs to " + std::string(library.folder);
    if (include.file.back() == 'h' && library.folder != "tests/") return place + "belongs into a source, not a header";
    return {};
  }
  if (starts_with(include.file, hash_folder) &&
      std::find(std::begin(hash_headers), std::end(hash_headers), include.target) != std::end(hash_headers))
    return {};
  if (include.target == vector_header)
    return starts_with(include.file, vector_folder) ? "" : place + "belongs to " + std::string(vector_folder);
  if (std::find(std::begin(system_headers), std::end(system_headers), include.target) == std::end(system_headers))
    return place + "is not known here";
  if (!in_one_of(include.file, std::begin(system_folders), std::end(system_folders)))
    return place + "is the system's: only files and cli see it";
  return {};
}

std::string judged(const std::string& path, const std::string& line) {
  const std::vector<Include> includes = includes_of({path, line});
  return includes.empty() ? "no include" : judge(includes[0]);
}

TEST_CASE("a third-party header in another folder than its own is a fault") {
  CHECK(judged("src/core/syntax/yaml.cpp", "#include <yaml-cpp/yaml.h>") == "");
  CHECK(judged("src/core/manifest/a.cpp", "#include <yaml-cpp/yaml.h>") ==
        "src/core/manifest/a.cpp:1: <yaml-cpp/yaml.h> belongs to src/core/syntax/");
  CHECK(judged("src/core/syntax/yaml.h", "#include <yaml-cpp/yaml.h>") ==
        "src/core/syntax/yaml.h:1: <yaml-cpp/yaml.h> belongs into a source, not a header");
  CHECK(judged("src/core/route/a.cpp", "#  include <boost/graph.hpp>") ==
        "src/core/route/a.cpp:1: <boost/graph.hpp> is not known here");
  CHECK(judged("src/core/route/a.cpp", "#include <unistd.h>") ==
        "src/core/route/a.cpp:1: <unistd.h> is the system's: only files and cli see it");
  CHECK(judged("src/core/tokens/a.h", "#include <emmintrin.h>") == "");
  CHECK(judged("src/core/route/a.cpp", "#include <emmintrin.h>") ==
        "src/core/route/a.cpp:1: <emmintrin.h> belongs to src/core/tokens/");
  CHECK(judged("src/core/route/a.cpp", "#include <vector>") == "");
}

TEST_CASE("every third-party library is included in its one folder only") {
  std::vector<std::string> faults;
  for (const char* folder : {"include", "src", "tests", "bench"})
    for (const SourceFile& file : sources_below(folder))
      for (const Include& include : includes_of(file))
        if (std::string fault = judge(include); !fault.empty()) faults.push_back(std::move(fault));
  CHECK(listed(faults) == "");
}

TEST_CASE("public headers include the standard library and each other, nothing else") {
  std::vector<std::string> faults;
  for (const SourceFile& file : sources_below("include"))
    for (const Include& include : includes_of(file))
      if (!is_standard(include.target) && !starts_with(include.target, "cascade/"))
        faults.push_back(file.path + ":" + std::to_string(include.line) + ": " + include.target);
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::architecture
