# Builds Cascade from its sources on a Mac, by Homebrew. It has not been tried: docs/platforms.md says what has.
# Cascade is published nowhere, so `url` and `sha256` below are placeholders. To use this file, in the sources' folder:
#   git archive --prefix=cascade-0.2.0/ -o /tmp/cascade-0.2.0.tar.gz HEAD && shasum -a 256 /tmp/cascade-0.2.0.tar.gz
#   brew tap-new you/local && cp cmake/homebrew/cascade.rb "$(brew --repository you/local)/Formula"
# then write file:///tmp/cascade-0.2.0.tar.gz and the sum into the copy, and `brew install you/local/cascade`.
class Cascade < Formula
  desc "Layered context loading for multi-agent coding workflows"
  homepage "https://cascade.invalid"
  url "https://cascade.invalid/cascade-0.2.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"

  depends_on "cli11" => :build
  depends_on "cmake" => :build
  depends_on "fmt" => :build # only headers of it are used
  depends_on "ninja" => :build
  depends_on "nlohmann-json" => :build
  depends_on "spdlog" => :build # only headers of it are used
  depends_on "xxhash" => :build # only headers of it are used
  depends_on :macos
  # libgit2 is not named, because only 1.5 was compiled for macOS, nor libpq, which never was.
  depends_on "snowball" # libstemmer
  depends_on "sqlite"
  depends_on "yaml-cpp"

  def install
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DCASCADE_TESTS=OFF", "-DCASCADE_UNITY=ON", *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build", "--component", "program"
    system "cmake", "--install", "build", "--component", "data"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/cascade --version")
  end
end
