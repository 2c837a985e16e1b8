// The Node.js sample.
var request = require('request');

const form_data = {
	'username': process.env.SAMPLE_USERNAME,
	'company_name': process.env.SAMPLE_COMPANY_NAME,
	'password': process.env.SAMPLE_PASSWORD
};

const options = {
	url: process.env.SAMPLE_URL + '/access/klearstack/get_access_token',
	formData: form_data,
	headers: {
		'Content-Type': 'application/x-www-form-urlencoded'
	}
};

request.post(options, function (err, httpResponse, body) {
	if (err) {
		console.error('Request failed:', err);
		return;
	}
	console.log('Response:', body);
});
