// Every shipped command reads well when it is taken without arguments, and holds them where it is given some.
#include <catch2/catch.hpp>
#include <filesystem>

#include "library/library_tree.h"

namespace cascade::library {
namespace {

const std::string arguments_place = "`$ARGUMENTS`";

std::string body_of(const std::string& text) {
  const std::size_t end = text.find("\n---\n", 3);
  return end == std::string::npos ? text : text.substr(end + 5);
}

// What the hook answers to the model that takes a command up with these words, each in a session of its own.
std::string taken(const std::string& folder, const std::string& name, const std::string& words) {
  const std::string event =
      R"({"session_id":")" + name + words + R"(","transcript_path":"","cwd":"/","hook_event_name":"PreToolUse",)" +
      R"("tool_name":"Skill","tool_input":{"skill":"cascade","args":"command:)" + name + words + R"("}})";
  return answer_of("printf '%s' '" + event + "' | XDG_STATE_HOME='" + folder + "' CASCADE_CACHE='" + folder +
                   "' CASCADE_VOCABULARY=estimate '" CASCADE_BINARY "' --root . hook")
      .out;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("no shipped command loses the words about its arguments when it is taken without any") {
  std::string folder = (std::filesystem::temp_directory_path() / "cascade-library-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  std::vector<std::string> faults;
  std::size_t asking = 0;
  for (const Manifest& manifest : manifests()) {
    if (manifest.layer != "command") continue;
    const std::string body = body_of(read_text(manifest.path)), bare = taken(folder, manifest.name, ""),
                      given = taken(folder, manifest.name, " one two");
    if (!has(body, arguments_place)) continue;
    ++asking;
    if (has(bare, "(``)") || !has(bare, "(" + arguments_place + ")") || !has(bare, "(No arguments were given.)"))
      faults.push_back(manifest.name + " without arguments");
    if (!has(given, "`one two`") || has(given, arguments_place) || has(given, "(No arguments were given.)"))
      faults.push_back(manifest.name + " with arguments");
  }
  std::filesystem::remove_all(folder);
  CHECK(listed(faults) == "");
  CHECK(asking > 150);
}

// A client that fills the place itself leaves "``: the folder" of a text that begins with it.
TEST_CASE("no shipped command begins with the place of its arguments") {
  std::vector<std::string> faults;
  for (const Manifest& manifest : manifests())
    if (manifest.layer == "command" && body_of(read_text(manifest.path)).rfind(arguments_place, 0) == 0)
      faults.push_back(manifest.name);
  CHECK(listed(faults) == "");
}

// `Bash(timeout:*)` or `Bash(env TZ=*)` lets every program run unasked, as each can stand behind these words.
TEST_CASE("no shipped command allows a word behind which any program may stand") {
  const std::vector<std::string> open = {
      "Bash(env ",
      "Bash(timeout:", "Bash(xargs:", "Bash(nice:", "Bash(nohup:", "Bash(sudo:", "Bash(sh:", "Bash(bash:", "Bash(exec",
      "Bash(eval", "Bash(python:", "Bash(python3:", "Bash(node:", "Bash(awk:", "Bash(perl:", "Bash(ruby:", "Bash(java:",
      "Bash(Rscript:", "Bash(julia:", "Bash(php:", "Bash(gdb:", "Bash(lldb:", "Bash(make:", "Bash(npm:", "Bash(cargo:",
      "Bash(go:", "Bash(uv:", "Bash(mvn:", "Bash(cmake:", "Bash(bazel:", "Bash(pnpm:", "Bash(npx:",
      // with a program behind their options
      "Bash(python3 -c", "Bash(node -e", "Bash(sh -c", "Bash(bash -c", "Bash(bundle exec:", "Bash(flock",
      "Bash(taskset", "Bash(strace", "Bash(ltrace", "Bash(perf:", "Bash(rr:", "Bash(valgrind:", "Bash(heaptrack:",
      "Bash(hyperfine:", "Bash(memray:", "Bash(creduce:", "Bash(cvise:", "Bash(*",
      "Bash(git submodule:", "Bash(pnpm --filter:", "Bash(rustup:", "Bash(npx @modelcontextprotocol/inspector:",
      "Bash(docker run --rm:", "Bash(docker run --rm --network none:", "Bash(timeout 600 docker", "Bash(docker exec",
      "Bash(kubectl exec", "Bash(kubectl debug", "Bash(ssh",
      // with every deed of a whole estate
      "Bash(kubectl:", "Bash(helm:", "Bash(docker:", "Bash(docker compose:", "Bash(celery -A:", "Bash(aws:",
      "Bash(gcloud:", "Bash(az:", "Bash(dd:"};
  std::vector<std::string> faults;
  for (const Manifest& manifest : manifests())
    for (const std::string& line : lines_of(read_text(manifest.path)))
      for (const std::string& word : open)
        if (line.rfind("allowed-tools:", 0) == 0 && has(line, word) && !has(line, "Bash(env -0)"))
          faults.push_back(manifest.name + ": " + word);
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::library
