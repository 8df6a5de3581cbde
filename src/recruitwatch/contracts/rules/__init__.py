"""Reading the clause library, choosing values and assembling a contract. Pure: no files, no clock."""
