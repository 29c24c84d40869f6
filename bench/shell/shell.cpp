// How long reading and following one command line takes: p50 and p99 over lines as models write them, many rounds, one
// thread. One line of JSON: {"read_p50_ns":..,"read_p99_ns":..,"follow_p50_ns":..,"follow_p99_ns":..}
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "shell/script.h"
#include "shell/trace.h"

namespace {

using namespace cascade::shell;

struct AllThere final : Surroundings {
  bool is_directory(const std::string&) const override { return true; }
  std::optional<std::string> top_level(const std::string& directory) const override { return directory; }
  std::optional<std::string> variable(std::string_view) const override { return "/home/dev"; }
};

const std::vector<std::string>& lines() {
  static const std::vector<std::string> all = {
      "ls -la src/ | head -50",
      "cd ../lib && git add -A && git commit -m 'Bump VALUE to 2' && git push origin HEAD 2>&1 | tail -5",
      "git commit -m \"$(cat <<'EOF'\nfeat: add login\n\n- one line\n- another line with `code` and "
      "$dollar\n\nCo-authored-by: Ann <ann@example.com>\nEOF\n)\"",
      "for d in lib docs app tools; do (cd ../$d && git status --short && git log -1 --format='%h %s'); done",
      "npm run build && npm test -- --watch=false 2>&1 | grep -E 'FAIL|PASS' | sort | uniq -c || true",
      "if [ -f package.json ]; then node -e 'console.log(require(\"./package.json\").version)'; else echo none; fi",
      "find . -name '*.ts' -not -path './node_modules/*' -print0 | xargs -0 grep -ln 'TODO' | wc -l",
      "bash -lc \"cd /work/app && source .venv/bin/activate && pytest -q tests/unit -k 'login and not slow'\"",
      "cat > notes.md <<EOF\n# Notes\n$(date): begin\nEOF\ngit add notes.md",
      "FOO=bar BAZ=\"$HOME/x\" env -u X timeout 120 make -j\"$(nproc)\" release > build.log 2>&1; tail -3 build.log"};
  return all;
}

template <typename Work>
std::pair<long, long> time(const Work& work) {
  using clock = std::chrono::steady_clock;
  std::vector<long> nanoseconds;
  for (int round = 0; round < 500; ++round)
    for (const std::string& line : lines()) {
      const auto begin = clock::now();
      work(line);
      nanoseconds.push_back(std::chrono::duration_cast<std::chrono::nanoseconds>(clock::now() - begin).count());
    }
  std::sort(nanoseconds.begin(), nanoseconds.end());
  return {nanoseconds[nanoseconds.size() / 2], nanoseconds[nanoseconds.size() * 99 / 100]};
}

}  // namespace

int main() {
  std::size_t found = 0;  // so that nothing is left out as useless
  const auto [read_p50, read_p99] =
      time([&](const std::string& line) { found += read(line).script.statements.size(); });
  const AllThere surroundings;
  const auto [follow_p50, follow_p99] =
      time([&](const std::string& line) { trace(line, "/work/app", surroundings, [&](const Call&) { ++found; }); });
  std::printf("{\"read_p50_ns\":%ld,\"read_p99_ns\":%ld,\"follow_p50_ns\":%ld,\"follow_p99_ns\":%ld}\n", read_p50,
              read_p99, follow_p50, follow_p99);
  return found > 0 ? 0 : 1;
}
