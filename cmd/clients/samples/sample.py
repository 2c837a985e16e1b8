# The Python sample. It prints JSON, where the documented one prints Python's notation of it.
import json
import os

import requests

url = os.environ["SAMPLE_URL"] + "/access/klearstack/get_access_token"

data = {
    "username": os.environ["SAMPLE_USERNAME"],
    "company_name": os.environ["SAMPLE_COMPANY_NAME"],
    "password": os.environ["SAMPLE_PASSWORD"],
}

response = requests.post(url, data=data)

if response.status_code == 200:
    print(json.dumps(response.json()))
else:
    print("Error:", response.text)
