// Closes a run with the line that `make check` counts: "e2e: N passed, M failed".
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

export default class Count implements Reporter {
  private passed = 0;
  private failed = 0;

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'skipped') return;
    if (result.status === test.expectedStatus) this.passed++;
    else this.failed++;
  }

  onEnd(): void {
    console.log(`e2e: ${this.passed} passed, ${this.failed} failed`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
