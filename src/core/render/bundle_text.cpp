// A bundle's text is the context itself and nothing else, so that it can be piped into a model; what people want to
// know about it is one line, bundle_summary(), which the program prints to standard error. Markdown has both, and the
// sections that were left out.
#include "hash/content_hash.h"
#include "render/bundle.h"

#include "render/bundle_json.h"
#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade {
namespace rendering {
namespace {

// Each manifest that is in has exactly one card.
std::size_t manifests_in(const Bundle& bundle) {
  std::size_t count = 0;
  for (const Piece& piece : bundle.pieces) count += piece.form == Form::card ? 1 : 0;
  return count;
}

std::string clash_text(const Bundle& bundle) {
  std::string text;
  for (const Symbol& symbol : bundle.clash)
    text += (text.empty() ? "" : " and ") + unicode::displayable(to_string(symbol));
  return text;
}

// "; 12 left out for the budget; 3 shared", or nothing.
std::string left_out(const Bundle& bundle) {
  std::size_t budget = 0, duplicate = 0, loaded = 0;
  for (const Omission& omission : bundle.omissions) {
    budget += omission.reason == OmittedFor::budget ? 1 : 0;
    duplicate += omission.reason == OmittedFor::duplicate ? 1 : 0;
    loaded += omission.reason == OmittedFor::already_loaded ? 1 : 0;
  }
  std::string text;
  if (budget != 0) text += "; " + std::to_string(budget) + " left out for the budget";
  if (duplicate != 0) text += "; " + std::to_string(duplicate) + " shared";
  if (loaded != 0) text += "; " + std::to_string(loaded) + " already loaded";
  return text;
}

// "1180 tokens, 4630 chars (about 1310 of opus) by the estimate"
std::string cost_with_model(const Cost& cost, const BundleContext& context) {
  std::string text = cost_text(cost);
  if (context.model)
    text +=
        " (about " + std::to_string(estimated_tokens(*context.model, cost.tokens)) + " of " + context.model->name + ")";
  return text + (context.exact ? "" : " by the estimate");
}

// A fence around the text that is longer than any fence inside it.
std::string fence_for(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(std::max<std::size_t>(longest + 1, 3), '`');
}

std::string bundle_markdown(const Registry& registry, const Bundle& bundle, const BundleContext& context) {
  std::string out = "# Bundle\n\n" + bundle_summary(bundle, context) + "\n";
  if (bundle.status != PackingStatus::ok) return out;
  const std::string body = text(bundle), fence = fence_for(body);
  out += "\n" + fence + "markdown\n" + body + fence + "\n";
  if (bundle.omissions.empty()) return out;
  out += "\n## Left out\n\n| section | reason | value | tokens | lacking |\n| --- | --- | ---: | ---: | --- |\n";
  for (const Omission& omission : bundle.omissions) {
    const std::string name = omission.form == Form::card
                                 ? std::string("(card)")
                                 : section_name(registry.section(omission.id, omission.section));
    out += "| " + id_of(registry[omission.id]) + " " + name + " | " + std::string(to_string(omission.reason)) + " | " +
           std::to_string(omission.value) + " | " + std::to_string(omission.cost.tokens) + " | " +
           (omission.reason == OmittedFor::budget ? lacking_text(omission.shortfall) : std::string()) + " |\n";
  }
  return out;
}

}  // namespace

std::string proof_text(const Certificate& certificate) {
  if (certificate.proof == Proof::optimal) return "optimal";
  if (certificate.gap_ppm == 0) return "none is worth more";
  // In hundredths of a per cent, rounded up so that it remains a bound.
  const std::uint64_t hundredths = (std::uint64_t{certificate.gap_ppm} + 99) / 100;
  const std::string cents = std::to_string(hundredths % 100);
  return "at most " + std::to_string(hundredths / 100) + "." + (cents.size() < 2 ? "0" : "") + cents +
         " % below the best";
}

std::string moved_text(const MovedValues& moved) {
  if (moved.sections == 0) return {};
  return "; " + count_of(moved.sections, "value") + " moved by what was learned (" + hash::to_hex(moved.source) + ")";
}

std::string budget_text(const Budget& budget, const BundleContext& context) {
  std::string text;
  if (budget.limit.tokens != unlimited) text = count_of(budget.limit.tokens, "token");
  if (context.model && context.model_tokens != unlimited)
    text += " (" + std::to_string(context.model_tokens) + " of " + context.model->name + ")";
  if (budget.limit.chars != unlimited) text += (text.empty() ? "" : " and ") + count_of(budget.limit.chars, "char");
  return text.empty() ? "no limit" : text;
}

std::string lacking_text(const Cost& shortfall) {
  std::string text;
  if (shortfall.tokens != 0) text = count_of(shortfall.tokens, "more token");
  if (shortfall.chars != 0) text += (text.empty() ? "" : " and ") + count_of(shortfall.chars, "more char");
  return text;
}

BundleContext context_of(const request::Task& task) {
  return {task.request.roots, task.model, task.model_tokens, task.exact};
}

std::string bundle_summary(const Bundle& bundle, const BundleContext& context) {
  switch (bundle.status) {
    case PackingStatus::ok:
      return count_of(manifests_in(bundle), "manifest") + ", " + count_of(bundle.pieces.size(), "piece") + ", " +
             (bundle.quotes.empty() ? "" : count_of(bundle.quotes.size(), "fact") + ", ") +
             cost_with_model(bundle.cost, context) + " of " + budget_text(bundle.budget, context) + "; value " +
             std::to_string(bundle.certificate.value) + ", " + proof_text(bundle.certificate) +
             moved_text(bundle.moved) + left_out(bundle);
    case PackingStatus::infeasible:
      return "infeasible: what must be in does not fit into " + budget_text(bundle.budget, context) +
             "; the least budget is " + cost_with_model(bundle.min_budget, context);
    case PackingStatus::conflict: return "conflict: " + clash_text(bundle) + " exclude each other under any budget";
    case PackingStatus::unknown: return "unknown: the search ended before a selection within the budget was found";
  }
  return {};
}

Result<std::string> bundle(const Registry& registry, const Bundle& bundle, const BundleContext& context,
                           Format format) {
  switch (format) {
    case Format::text: return text(bundle);
    case Format::markdown: return bundle_markdown(registry, bundle, context);
    case Format::json: return bundle_json(registry, bundle, context);
    default: return no_format("bundle", format);
  }
}

Result<std::string> ladder(const Registry& registry, const std::vector<Bundle>& rungs, const BundleContext& context,
                           Format format) {
  if (format == Format::json) return ladder_json(registry, rungs, context);
  std::string out;
  for (const Bundle& rung : rungs) {
    auto one = bundle(registry, rung, context, format);
    if (!one) return one.error();
    out += "=== at most " + budget_text(rung.budget, context) + (rung.nested ? ", a part of the one above" : "") +
           " ===\n\n" + *one + (one->empty() ? "" : "\n");
  }
  return out;
}

}  // namespace rendering

Result<std::string> render(const Bundle& bundle, const Registry& registry, Format format) {
  return rendering::bundle(registry, bundle, {}, format);
}

}  // namespace cascade
