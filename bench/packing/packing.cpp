// Measures the packer. Tab-separated lines with a first line of names; times are the processor's, the least of the
// rounds, without parsing, and are the only thing that differs between two runs.
//
//   bench_packing --dir DIR [--nodes N | --hook]      an instance a line
//   bench_packing --dir DIR --rules                   the packer beside the rules that others use
//   bench_packing --shapes N [--seed S] [--sections N] [--nodes N] [--shape NAME]
//                [--percent P]                       made problems, N of a shape; budgets of P % of all tokens
//   bench_packing --growth [--seed S] [--nodes N]     made problems of 20 to 10,000 sections
//   further: [--rounds N]
#include <cascade/hook.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "eval/instance.h"
#include "generate.h"
#include "rules.h"

namespace {

using namespace cascade;
using namespace packing_bench;

struct Settings {
  std::string folder, shape;
  std::uint64_t nodes = 100'000, seed = 1;  // nodes: as `cascade solve`
  std::uint32_t rounds = 5, shapes = 0, sections = 0, percent = 0;
  bool rules = false, growth = false;
};

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "bench_packing: %s\n", why.c_str());
  std::exit(2);
}

Settings read_arguments(int count, char** words) {
  Settings settings;
  for (int i = 1; i < count; ++i) {
    const std::string option = words[i];
    auto number = [&] {
      if (++i == count) give_up(option + " needs a number");
      return std::strtoull(words[i], nullptr, 10);
    };
    if (option == "--rules")
      settings.rules = true;
    else if (option == "--growth")
      settings.growth = true;
    else if (option == "--hook")
      settings.nodes = HookOptions().nodes;
    else if (option == "--nodes")
      settings.nodes = number();
    else if (option == "--seed")
      settings.seed = number();
    else if (option == "--rounds")
      settings.rounds = static_cast<std::uint32_t>(std::max(1ULL, number()));
    else if (option == "--shapes")
      settings.shapes = static_cast<std::uint32_t>(number());
    else if (option == "--sections")
      settings.sections = static_cast<std::uint32_t>(number());
    else if (option == "--percent")
      settings.percent = static_cast<std::uint32_t>(number());
    else if (option == "--shape" && i + 1 < count)
      settings.shape = words[++i];
    else if (option == "--dir" && i + 1 < count)
      settings.folder = words[++i];
    else
      give_up("unknown option " + option);
  }
  if (settings.folder.empty() && settings.shapes == 0 && !settings.growth) give_up("--dir, --shapes or --growth");
  return settings;
}

std::uint64_t processor_time() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

// The least of `rounds` calls, in tenths of a microsecond.
template <typename Work>
std::uint64_t least_time(std::uint32_t rounds, Work work) {
  std::uint64_t least = UINT64_MAX;
  for (std::uint32_t i = 0; i < rounds; ++i) {
    const std::uint64_t begin = processor_time();
    work();
    least = std::min(least, (processor_time() - begin) / 100);
  }
  return least;
}

std::string tenths(std::uint64_t amount) { return std::to_string(amount / 10) + "." + std::to_string(amount % 10); }

std::size_t sections_of(const PackingProblem& problem) {
  std::size_t sections = 0;
  for (const PackingGroup& group : problem.groups) sections += group.items.size();
  return sections;
}

const char* outcome(const Packing& packing) {
  switch (packing.status) {
    case PackingStatus::ok: return packing.certificate.proof == Proof::optimal ? "optimal" : "bounded";
    case PackingStatus::infeasible: return "infeasible";
    case PackingStatus::conflict: return "conflict";
    case PackingStatus::unknown: break;
  }
  return "unknown";
}

struct Measured {
  std::string name;
  std::uint64_t gap_ppm = 0, time = 0;  // tenths of a microsecond
  bool feasible = false, proven = false;
};

void print_header() { std::puts("instance\tsections\tnodes\tus\tvalue\tproof\tgap_ppm"); }

Measured measure(const std::string& name, const PackingProblem& problem, const Settings& settings) {
  Packing packing;
  Measured measured{name, 0, 0, false, false};
  measured.time = least_time(settings.rounds, [&] {
    Result<Packing> packed = pack(problem, {settings.nodes, 0});
    if (!packed) give_up(name + ": " + packed.error().message);
    packing = *std::move(packed);
  });
  const Certificate& certificate = packing.certificate;
  measured.gap_ppm = certificate.gap_ppm;
  measured.feasible = packing.status == PackingStatus::ok;
  measured.proven = certificate.proof == Proof::optimal;
  std::printf("%s\t%zu\t%llu\t%s\t%llu\t%s\t%u\n", name.c_str(), sections_of(problem),
              static_cast<unsigned long long>(certificate.nodes), tenths(measured.time).c_str(),
              static_cast<unsigned long long>(certificate.value), outcome(packing), certificate.gap_ppm);
  std::fflush(stdout);
  return measured;
}

template <typename T>
T part(std::vector<T> all, std::size_t numerator, std::size_t denominator) {
  std::sort(all.begin(), all.end());
  return all.empty() ? T{} : all[std::min(all.size() - 1, all.size() * numerator / denominator)];
}

// A line for all whose name begins alike: before the first '-'.
void print_summary(const std::vector<Measured>& all) {
  std::vector<std::string> families;
  for (const Measured& each : all) {
    const std::string family = each.name.substr(0, each.name.find('-'));
    if (std::find(families.begin(), families.end(), family) == families.end()) families.push_back(family);
  }
  std::puts("#family\tfeasible\tproven\tgap_median\tgap_p90\tgap_worst\tus_median\tus_p90\tus_worst");
  for (const std::string& family : families) {
    std::vector<std::uint64_t> gaps, times;
    std::size_t proven = 0;
    for (const Measured& each : all) {
      if (!each.feasible || each.name.substr(0, each.name.find('-')) != family) continue;
      gaps.push_back(each.gap_ppm);
      times.push_back(each.time);
      proven += each.proven ? 1 : 0;
    }
    auto print_parts = [](const std::vector<std::uint64_t>& of, auto show) {
      std::printf("\t%s\t%s\t%s", show(part(of, 1, 2)).c_str(), show(part(of, 9, 10)).c_str(),
                  show(part(of, 1, 1)).c_str());
    };
    std::printf("#%s\t%zu\t%zu", family.c_str(), gaps.size(), proven);
    print_parts(gaps, [](std::uint64_t ppm) { return std::to_string(ppm); });
    print_parts(times, tenths);
    std::puts("");
  }
}

std::vector<instance::Instance> read_folder(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault))
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  if (fault || paths.empty()) give_up(folder + ": no instances");
  std::sort(paths.begin(), paths.end());
  std::vector<instance::Instance> all;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    auto read = instance::read_instance(text, path.string());
    if (!read) give_up(path.string() + ": " + read.error().message);
    all.push_back(*std::move(read));
  }
  return all;
}

void measure_folder(const Settings& settings) {
  print_header();
  std::vector<Measured> all;
  for (const auto& each : read_folder(settings.folder)) all.push_back(measure(each.id, each.problem, settings));
  print_summary(all);
}

// Loss against the packer's proven value, in millionths; instances that are not proven are left out.
void compare_rules(const Settings& settings) {
  std::puts("instance\tsections\trule\tvalue\tloss_ppm\tover\tus");
  for (const auto& each : read_folder(settings.folder)) {
    auto print = [&](const char* rule, std::uint64_t value, std::uint64_t best, bool over, std::uint64_t time) {
      const std::uint64_t loss = best == 0 ? 0 : (best - std::min(best, value)) * 1'000'000 / best;
      std::printf("%s\t%zu\t%s\t%llu\t%llu\t%d\t%s\n", each.id.c_str(), sections_of(each.problem), rule,
                  static_cast<unsigned long long>(value), static_cast<unsigned long long>(loss), over ? 1 : 0,
                  tenths(time).c_str());
    };
    Packing best, first;
    const auto best_time = least_time(settings.rounds, [&] { best = *pack(each.problem, {settings.nodes, 0}); });
    const auto first_time = least_time(settings.rounds, [&] { first = *pack(each.problem, {0, 0}); });
    if (best.status != PackingStatus::ok || best.certificate.gap_ppm != 0) continue;
    const std::uint64_t value = best.certificate.value;
    print("cascade", value, value, false, best_time);
    print("cascade, first answer", first.certificate.value, value, false, first_time);
    for (const Rule& rule : packing_bench::rules()) {
      RuleAnswer answer;
      const auto time = least_time(settings.rounds, [&] { answer = rule.choose(each.problem); });
      print(rule.name, answer.value, value, answer.over, time);
    }
  }
}

void measure_shapes(const Settings& settings) {
  print_header();
  std::vector<Measured> all;
  for (std::uint32_t shape = 0; shape < shape_count(); ++shape) {
    if (!settings.shape.empty() && settings.shape != shape_name(shape)) continue;
    for (std::uint32_t i = 0; i < settings.shapes; ++i) {
      const std::uint64_t seed = settings.seed + i;
      const std::uint32_t sections = settings.sections != 0 ? settings.sections : 30 + 990 * (i % 4);
      const std::string name = "made-" + std::string(shape_name(shape)) + "-" + std::to_string(seed);
      Shape made = named_shape(shape, sections, seed);
      if (settings.percent != 0) made.budget_percent = settings.percent;
      all.push_back(measure(name, generate(made), settings));
    }
  }
  print_summary(all);
}

void measure_growth(const Settings& settings) {
  print_header();
  std::vector<Measured> all;
  for (const std::uint32_t sections : {20, 50, 100, 200, 500, 1'000, 2'000, 5'000, 10'000}) {
    for (std::uint32_t shape = 0; shape < shape_count(); ++shape) {
      const std::string name = std::to_string(sections) + "-" + shape_name(shape);
      all.push_back(measure(name, generate(named_shape(shape, sections, settings.seed)), settings));
    }
  }
  print_summary(all);
}

}  // namespace

int main(int count, char** words) {
  const Settings settings = read_arguments(count, words);
  if (settings.growth)
    measure_growth(settings);
  else if (settings.shapes > 0)
    measure_shapes(settings);
  else if (settings.rules)
    compare_rules(settings);
  else
    measure_folder(settings);
}
