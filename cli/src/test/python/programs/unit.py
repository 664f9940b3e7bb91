"""Tests of unittest, one for each way to end, and some that are more than one function."""

import os
import subprocess
import sys
import threading
import unittest


def work(n):
    return n


def setUpModule():
    work("module")


class Outcomes(unittest.TestCase):
    def setUp(self):
        work("setUp")

    def tearDown(self):
        work("tearDown")

    def test_error(self):
        raise ValueError

    def test_failed(self):
        self.assertEqual(work(1), 2)

    def test_passed(self):
        self.assertEqual(work(1), 1)

    @unittest.skip("not today")
    def test_skipped(self):
        work(1)

    def test_skips_itself(self):
        self.skipTest("not today")

    @unittest.expectedFailure
    def test_xfailed(self):
        self.fail()

    @unittest.expectedFailure
    def test_xpassed(self):
        pass


class Parts(unittest.TestCase):
    def test_clean_up_fails(self):
        self.addCleanup(lambda: 1 / 0)

    def test_parts(self):
        for part in range(3):
            with self.subTest(part=part):
                work(part)

    def test_parts_fail(self):
        for part in range(3):
            with self.subTest(part=part):
                self.assertNotEqual(work(part), 1)

    def test_thread(self):
        thread = threading.Thread(target=work, args=(1,))
        thread.start()
        thread.join()

    def test_test(self):
        result = unittest.TestResult()
        Outcomes("test_failed").run(result)
        self.assertEqual(len(result.failures), 1)


class Waits(unittest.IsolatedAsyncioTestCase):
    async def test_waits(self):
        self.assertEqual(work(1), 1)


class Named(unittest.TestCase):
    def id(self):
        return "a name of its own"

    def test_named(self):
        pass


if __name__ == "__main__":
    unittest.main()
